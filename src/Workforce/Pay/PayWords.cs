using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cofferdam.Vault.Contract;
using Cofferdam.Workforce.Access;
using Cofferdam.Workforce.Pay.Payouts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cofferdam.Workforce.Pay;

/// <summary>The JSON of what pay seals. Every shape begins with its version, <c>"v":1</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SealedWords))]
[JsonSerializable(typeof(SealedDetails))]
internal sealed partial class PayJson : JsonSerializerContext
{
    public static PayJson Shapes { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // It is only ever sent as JSON, never inside a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}

/// <summary>A reason, evidence, an objection.</summary>
internal sealed record SealedWords(int V, string Text);

/// <summary>Name and account.</summary>
internal sealed record SealedDetails(int V, PayDetails Details);

/// <summary>What pay seals and opens: words under the key of the expert whose pay they are about, and accounts.</summary>
internal sealed class PayWords(IVault vault)
{
    /// <summary>Characters (UTF-16 units).</summary>
    public const int Most = 4_000;

    public static bool Are(string? text) => !string.IsNullOrWhiteSpace(text) && text.Length <= Most;

    /// <summary>Seals words about an expert's pay.</summary>
    /// <param name="id">The record's, as the caller chose it, so that a request may be sent again.</param>
    /// <returns>Whether it is new: what was there already is another request's, and not this one's to drop.</returns>
    public Task<bool> SealAsync(VendorActor actor, Guid expert, Guid id, string text) =>
        SealAsync(actor, expert, RecordKind.Reason, id, JsonSerializer.SerializeToUtf8Bytes(new SealedWords(1, text), PayJson.Shapes.SealedWords), expected: 0);

    /// <summary>Removes words that nothing came to refer to.</summary>
    /// <param name="isNew">What sealing them said.</param>
    public Task DropAsync(VendorActor actor, Guid expert, Guid id, bool isNew) => isNew
        ? vault.RemoveAsync(actor.Vendor, new ProjectId(expert), actor.Principal, [new(RecordKind.Reason, new RecordId(id))], CancellationToken.None)
        : Task.CompletedTask;

    /// <summary>Opens words about an expert's pay, with a receipt.</summary>
    /// <returns>The texts in the order asked, or why not.</returns>
    public async Task<(IReadOnlyList<string>? Texts, ProblemHttpResult? Problem)> OpenAsync(
        VendorActor actor, Guid expert, IReadOnlyList<Guid> records, CancellationToken cancellation)
    {
        if (records.Count == 0)
            return ([], null);
        var opened = await OpenAsync(actor, expert, [.. records.Select(id => new RecordRef(RecordKind.Reason, new RecordId(id)))], cancellation);
        return opened switch
        {
            OpenOutcome.Opened { Records: var found } => ([.. found.Select(record => JsonSerializer.Deserialize(record.Plaintext.Span, PayJson.Shapes.SealedWords)!.Text)], null),
            OpenOutcome.Refused refused => (null, Refused(refused)),
            _ => throw new InvalidOperationException("The vault answered in a way that is not known here."),
        };
    }

    /// <summary>Seals an account: an expert's under their own key, the vendor's (<see cref="Guid.Empty"/>) under the vendor's.</summary>
    public Task SealAsync(VendorActor actor, Guid owner, Guid id, PayDetails details) =>
        SealAsync(actor, owner, RecordKind.PayDetails, id, JsonSerializer.SerializeToUtf8Bytes(new SealedDetails(1, details), PayJson.Shapes.SealedDetails), expected: null);

    /// <summary>Opens an account, with a receipt of the purpose <see cref="Purpose.Pay"/>.</summary>
    public async Task<(PayDetails? Details, ProblemHttpResult? Problem)> OpenDetailsAsync(VendorActor actor, Guid owner, Guid id, CancellationToken cancellation)
    {
        var opened = await OpenAsync(actor, owner, [new RecordRef(RecordKind.PayDetails, new RecordId(id))], cancellation);
        return opened switch
        {
            OpenOutcome.Opened { Records: [var record] } => (JsonSerializer.Deserialize(record.Plaintext.Span, PayJson.Shapes.SealedDetails)!.Details, null),
            OpenOutcome.Refused { Reason: RefusalReason.NotFound } => (null, null),
            OpenOutcome.Refused refused => (null, Refused(refused)),
            _ => throw new InvalidOperationException("The vault answered in a way that is not known here."),
        };
    }

    private ValueTask<OpenOutcome> OpenAsync(VendorActor actor, Guid owner, IReadOnlyList<RecordRef> records, CancellationToken cancellation) => vault.OpenAsync(
        new OpenRequest(actor.Vendor, new ProjectId(owner), actor.Principal, Act.Open, owner == actor.Person ? Purpose.OwnData : Purpose.Pay, records, Session: actor.Session), cancellation);

    // Not cancelled with the request: who hangs up in between would leave a record that nothing refers to.
    private async Task<bool> SealAsync(VendorActor actor, Guid owner, RecordKind kind, Guid id, ReadOnlyMemory<byte> plaintext, long? expected)
    {
        var project = new ProjectId(owner);
        var outcome = await vault.SealAsync(
            new SealRequest(actor.Vendor, project, actor.Principal, [new SealItem(kind, new RecordId(id), plaintext, expected)]), CancellationToken.None);
        // A record that is there already is this request sent again: what was said first stays.
        if (outcome is SealOutcome.UnknownProject)
            throw new InvalidOperationException("Somebody has pay and no key: they were never admitted.");
        return outcome is SealOutcome.Sealed;
    }

    private static ProblemHttpResult Refused(OpenOutcome.Refused refused) => refused.Reason switch
    {
        RefusalReason.Suspended => Problems.Of(StatusCodes.Status423Locked, "suspended", "Opening what is sealed is stopped for now. Nothing that was saved is lost."),
        RefusalReason.FirstReadsSpent or RefusalReason.RereadsSpent => Problems.Of(StatusCodes.Status429TooManyRequests, "budget-spent",
            "You have opened as much as your budget allows for now. Wait, or have an owner raise it."),
        RefusalReason.NotAsSealed => Problems.Of(StatusCodes.Status500InternalServerError, "not-as-sealed",
            "What is stored is not what was sealed, so it was not opened. Tell the owner of the node at once."),
        _ => Problems.NotFound(),
    };
}
