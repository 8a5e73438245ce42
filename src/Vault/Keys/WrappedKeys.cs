namespace Cofferdam.Vault.Keys;

/// <summary>A column of the store that holds keys wrapped under lab keys.</summary>
/// <param name="Table">With a column <c>lab</c>.</param>
/// <param name="Ids">The columns that, with the lab, make its primary key.</param>
/// <param name="Column">May be null in a row.</param>
/// <param name="Context">Context of the wrapping, from the lab's id and those columns.</param>
internal sealed record WrappedKeys(string Table, string[] Ids, string Column, Func<Guid, Guid[], byte[]> Context)
{
    /// <summary>All there are. Who adds one adds it here, or the next rotation makes it unreadable.</summary>
    public static IReadOnlyList<WrappedKeys> All { get; } =
    [
        new("project_key", ["project", "key"], "wrapped", (lab, ids) => KeyContext.Project(lab, ids[0], ids[1])),
        new("project_key", ["project", "key"], "fingerprint", (lab, ids) => KeyContext.Fingerprint(lab, ids[0], ids[1])),
        new("log_key", [], "wrapped", (lab, _) => KeyContext.Log(lab)),
        new("salt_key", ["principal"], "wrapped", (lab, ids) => KeyContext.Salt(lab, ids[0])),
    ];
}
