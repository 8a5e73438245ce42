using System.Runtime.CompilerServices;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Wire;

/// <content>Seal, open, remove, list.</content>
public sealed partial class VaultClient
{
    public async ValueTask<VaultFigures> FiguresAsync(CancellationToken cancellation = default) =>
        await AskAsync<NoCall, VaultFigures>(quick, Verb.Figures, new NoCall(), cancellation);

    public Task CreateLabAsync(LabId lab, string slug, CancellationToken cancellation = default) =>
        TellAsync(quick, Verb.CreateLab, new CreateLabCall(lab, slug), cancellation);

    public Task CreateProjectAsync(LabId lab, ProjectId project, CancellationToken cancellation = default) =>
        TellAsync(quick, Verb.CreateProject, new ProjectCall(lab, project), cancellation);

    /// <exception cref="ArgumentException">More than 64 MiB in one act, or another limit is broken.</exception>
    public async Task<SealOutcome> SealAsync(SealRequest request, CancellationToken cancellation = default)
    {
        var (header, plaintexts) = Plaintexts.Part(request);
        var lane = request.Records.Count == 1 ? quick : bulk;
        return Read<SealOutcome>(await AskAsync(lane, Verb.Seal, header, plaintexts, cancellation));
    }

    public async ValueTask<OpenOutcome> OpenAsync(OpenRequest request, CancellationToken cancellation = default)
    {
        var lane = request.Act == Act.Open ? quick : bulk;
        var answer = await AskAsync(lane, Verb.Open, request, [], cancellation);
        return Agreed(() => Plaintexts.Join(WireJson.Read<OpenOutcome>(answer.Header), answer.Attachments));
    }

    public Task<long> RecordRefusalAsync(RefusalNote note, CancellationToken cancellation = default) =>
        AskAsync<RefusalNote, long>(quick, Verb.RecordRefusal, note, cancellation);

    public Task RemoveAsync(LabId lab, ProjectId project, Principal by, IReadOnlyList<RecordRef> records, CancellationToken cancellation = default) =>
        TellAsync(bulk, Verb.Remove, new RemoveCall(lab, project, by, records), cancellation);

    public async IAsyncEnumerable<RecordId> ListAsync(
        LabId lab, ProjectId project, RecordKind kind, DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        RecordId? after = null;
        while (true)
        {
            var page = await AskAsync<ListCall, RecordPage>(bulk, Verb.List, new ListCall(lab, project, kind, since, after), cancellation);
            foreach (var id in page.Ids)
                yield return id;
            if (page.Last)
                yield break;
            after = page.Ids[^1];
        }
    }

    public async ValueTask<IReadOnlyList<byte[]>> FingerprintAsync(
        LabId lab, ProjectId project, IReadOnlyList<ReadOnlyMemory<byte>> values, CancellationToken cancellation = default)
    {
        var answer = await AskAsync(bulk, Verb.Fingerprint, new ProjectCall(lab, project), values, cancellation);
        return [.. answer.Attachments.Select(print => print.ToArray())];
    }
}
