using System.Text;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Server.SignIn;

/// <summary>The node's own secrets: records of the node's lab in the vault, opened with a receipt like any other.</summary>
internal sealed class NodeSecrets(IVault vault)
{
    /// <summary>Where data-protection keys are, apart from other secrets so that they can be listed.</summary>
    public static ProjectId KeyRing { get; } = new(new Guid("0192f0c0-0000-7000-8000-6b6579726e67"));

    /// <summary>Whose key marks API tokens and mailed codes; it holds no records.</summary>
    public static ProjectId Marks { get; } = new(new Guid("0192f0c0-0000-7000-8000-6d61726b7300"));

    /// <summary>Makes the node's keys. Does nothing where they exist.</summary>
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        await vault.CreateLabAsync(LabId.Node, "node", cancellation);
        await vault.CreateProjectAsync(LabId.Node, KeyRing, cancellation);
        await vault.CreateProjectAsync(LabId.Node, Marks, cancellation);
    }

    /// <summary>A fingerprint that nobody can make or search without the node's keys: 32 bytes.</summary>
    /// <param name="what">Keeps marks of different things apart.</param>
    public async ValueTask<byte[]> MarkAsync(string what, ReadOnlyMemory<byte> value, CancellationToken cancellation) =>
        (await vault.FingerprintAsync(LabId.Node, Marks, [(byte[])[.. Encoding.UTF8.GetBytes(what), (byte)'\n', .. value.Span]], cancellation))[0];

    public async Task<RecordId> SealAsync(
        ProjectId project, ReadOnlyMemory<byte> secret, RecordKind kind = RecordKind.Secret, CancellationToken cancellation = default)
    {
        var id = RecordId.New();
        var outcome = await vault.SealAsync(
            new SealRequest(LabId.Node, project, Principal.Service, [new SealItem(kind, id, secret, ExpectedVersion: 0)]), cancellation);
        return outcome is SealOutcome.Sealed
            ? id
            : throw new InvalidOperationException($"The vault did not seal a secret of the node: {outcome.GetType().Name}.");
    }

    public async Task<ReadOnlyMemory<byte>> OpenAsync(
        ProjectId project, RecordId id, RecordKind kind = RecordKind.Secret, CancellationToken cancellation = default)
    {
        var purpose = kind is RecordKind.Secret ? Purpose.SignIn : Purpose.Manage;
        var outcome = await vault.OpenAsync(
            new OpenRequest(LabId.Node, project, Principal.Service, Act.Open, purpose, [new RecordRef(kind, id)]), cancellation);
        return outcome switch
        {
            OpenOutcome.Opened opened => opened.Records[0].Plaintext,
            OpenOutcome.Refused refused => throw new InvalidOperationException($"The vault did not open a secret of the node: {refused.Reason}."),
            _ => throw new InvalidOperationException("The vault's answer is of no known kind."),
        };
    }

    public Task RemoveAsync(ProjectId project, RecordId id, RecordKind kind) =>
        vault.RemoveAsync(LabId.Node, project, Principal.Service, [new RecordRef(kind, id)], CancellationToken.None);

    public IAsyncEnumerable<RecordId> ListAsync(ProjectId project, CancellationToken cancellation = default) =>
        vault.ListAsync(LabId.Node, project, RecordKind.Secret, DateTimeOffset.UnixEpoch, cancellation);
}
