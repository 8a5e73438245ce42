using System.Collections.Frozen;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Wire;

/// <summary>The vault's side: which verb is which method.</summary>
internal static class VaultVerbs
{
    /// <summary>A request this small is answered where it was read: to hand it to another thread would cost more.</summary>
    private const int QuickBytes = 16 << 10;

    private static readonly FrozenDictionary<Verb, Func<IVault, Frame, Task<Answer>>> Methods = new Dictionary<Verb, Func<IVault, Frame, Task<Answer>>>
    {
        [Verb.Figures] = On(async (IVault vault, NoCall _) => await vault.FiguresAsync()),
        [Verb.CreateLab] = On((IVault vault, CreateLabCall call) => Done(vault.CreateLabAsync(call.Lab, call.Slug))),
        [Verb.CreateProject] = On((IVault vault, ProjectCall call) => Done(vault.CreateProjectAsync(call.Lab, call.Project))),
        [Verb.Seal] = async (vault, frame) => Answer.Of(await vault.SealAsync(Plaintexts.Join(WireJson.Read<SealRequest>(frame.Header), frame.Attachments))),
        [Verb.Open] = OpenAsync,
        [Verb.RecordRefusal] = On((IVault vault, RefusalNote note) => vault.RecordRefusalAsync(note)),
        [Verb.Remove] = On((IVault vault, RemoveCall call) => Done(vault.RemoveAsync(call.Lab, call.Project, call.By, call.Records))),
        [Verb.List] = On<ListCall, RecordPage>(Pages.RecordsAsync),
        [Verb.Fingerprint] = FingerprintAsync,

        [Verb.Suspend] = On((IVault vault, SuspendRequest request) => vault.SuspendAsync(request)),
        [Verb.Resume] = On((IVault vault, ResumeCall call) => vault.ResumeAsync(call.Lab, call.Id, call.By, call.Proof)),
        [Verb.Suspensions] = On(async (IVault vault, LabCall call) => await vault.SuspensionsAsync(call.Lab)),
        [Verb.SuspensionProof] = On((IVault vault, SuspensionCall call) => vault.SuspensionProofAsync(call.Lab, call.Id)),

        [Verb.Receipts] = On<ReceiptQuery, ReceiptPage>(Pages.ReceiptsAsync),
        [Verb.Receipt] = On((IVault vault, ReceiptCall call) => vault.ReceiptAsync(call.Lab, call.Sequence)),
        [Verb.Ledger] = On<ReceiptCall, ReceiptPage>(Pages.LedgerAsync),
        [Verb.Head] = On((IVault vault, LabCall call) => vault.HeadAsync(call.Lab)),
        [Verb.Log] = On((IVault vault, LabCall call) => vault.LogAsync(call.Lab)),
        [Verb.LogFile] = OnFile((IVault vault, LogFileCall call) => vault.LogFileAsync(call.Lab, call.Path)),
        [Verb.Proof] = OnFile((IVault vault, ReceiptCall call) => vault.ProofAsync(call.Lab, call.Sequence)),
        [Verb.Consistency] = On((IVault vault, ConsistencyCall call) => vault.ConsistencyAsync(call.Lab, call.From, call.To)),
        [Verb.RebuildIndex] = On((IVault vault, LabCall call) => Done(vault.RebuildIndexAsync(call.Lab))),

        [Verb.Keys] = On((IVault vault, LabCall call) => vault.KeysAsync(call.Lab)),
        [Verb.Rotate] = On((IVault vault, ActCall call) => vault.RotateAsync(call.Lab, call.By)),
        [Verb.ChangeCustodian] = On((IVault vault, CustodianCall call) => vault.ChangeCustodianAsync(call.Lab, call.Custodian, call.By)),
        [Verb.Reseal] = On((IVault vault, ProjectActCall call) => vault.ResealAsync(call.Lab, call.Project, call.By)),
        [Verb.MakeRecoveryKey] = On((IVault vault, RecoveryCall call) => vault.MakeRecoveryKeyAsync(call.Lab, call.Shares, call.Threshold, call.By)),

        [Verb.Policy] = On((IVault vault, LabCall call) => vault.PolicyAsync(call.Lab)),
        [Verb.SetPolicy] = On((IVault vault, PolicyCall call) => vault.SetPolicyAsync(call.Lab, call.Policy, call.By, call.Proof)),
        [Verb.Budgets] = On((IVault vault, LabCall call) => vault.BudgetsAsync(call.Lab)),
        [Verb.Shares] = On((IVault vault, ProjectCall call) => vault.SharesAsync(call.Lab, call.Project)),

        [Verb.Propose] = On((IVault vault, ProposeCall call) => vault.ProposeAsync(call.Lab, call.Kind, call.Subject, call.By, call.Proof)),
        [Verb.Approve] = On((IVault vault, ApproveCall call) => vault.ApproveAsync(call.Lab, call.Proposal, call.By, call.Proof)),
        [Verb.Withdraw] = On((IVault vault, ProposalCall call) => vault.WithdrawAsync(call.Lab, call.Proposal, call.By)),
        [Verb.Proposals] = On((IVault vault, LabCall call) => vault.ProposalsAsync(call.Lab)),

        [Verb.Nonces] = NoncesAsync,
        [Verb.SetTerms] = On((IVault vault, TermsCall call) => vault.SetTermsAsync(call.Lab, call.Terms, call.By, call.Proof)),
        [Verb.Vouch] = On((IVault vault, VouchCall call) => vault.VouchAsync(call.Lab, call.Statement, call.By, call.BrowserKey)),
        [Verb.WithdrawPerson] = On((IVault vault, WithdrawPersonCall call) =>
            vault.WithdrawPersonAsync(call.Lab, call.Engagement, call.Pseudonym, call.Withdrawal, call.By)),
        [Verb.RevokeKey] = On((IVault vault, RevokeKeyCall call) => vault.RevokeKeyAsync(call.Lab, call.Key, call.By)),
        [Verb.EnrolledKeys] = On((IVault vault, EnrolledKeysCall call) => vault.EnrolledKeysAsync(call.Lab, call.Pseudonym)),
        [Verb.EnrolStaffKey] = On((IVault vault, StaffKeyCall call) => vault.EnrolStaffKeyAsync(call.Lab, call.Pseudonym, call.BrowserKey, call.By, call.Proof)),
    }.ToFrozenDictionary();

    /// <summary>Asks the vault. Who gives up waiting stops nothing: the vault finishes what it began.</summary>
    /// <exception cref="WireException">The verb is unknown, or the request not as agreed. Nothing was asked of the vault.</exception>
    public static async Task<Answer> AnswerAsync(IVault vault, Frame request)
    {
        var verb = (Verb)request.Kind;
        if (!Methods.TryGetValue(verb, out var method))
            throw new WireException("an unknown verb");
        if (verb is not (Verb.Open or Verb.Seal or Verb.RecordRefusal or Verb.Nonces) || request.Length > QuickBytes)
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        return await method(vault, request);
    }

    private static async Task<Answer> OpenAsync(IVault vault, Frame frame)
    {
        var (header, attachments) = Plaintexts.Part(await vault.OpenAsync(Header<OpenRequest>(frame)));
        return Answer.Of(header, attachments);
    }

    private static async Task<Answer> NoncesAsync(IVault vault, Frame frame)
    {
        var call = Header<NoncesCall>(frame);
        return Answer.Of(Nothing.Value, await vault.NoncesAsync(call.Lab, call.Key, call.Count));
    }

    private static async Task<Answer> FingerprintAsync(IVault vault, Frame frame)
    {
        var call = WireJson.Read<ProjectCall>(frame.Header);
        var prints = await vault.FingerprintAsync(call.Lab, call.Project, frame.Attachments);
        return Answer.Of(Nothing.Value, [.. prints.Select(print => (ReadOnlyMemory<byte>)print)]);
    }

    private static Func<IVault, Frame, Task<Answer>> On<TCall, TAnswer>(Func<IVault, TCall, Task<TAnswer>> method) =>
        async (vault, frame) => Answer.Of(await method(vault, Header<TCall>(frame)));

    // No attachment: null.
    private static Func<IVault, Frame, Task<Answer>> OnFile<TCall>(Func<IVault, TCall, Task<ReadOnlyMemory<byte>?>> method) =>
        async (vault, frame) => Answer.Of(Nothing.Value, await method(vault, Header<TCall>(frame)) is { } file ? [file] : []);

    private static TCall Header<TCall>(Frame frame) => frame.Attachments.Count == 0
        ? WireJson.Read<TCall>(frame.Header)
        : throw new WireException("attachments where none belong");

    private static async Task<Nothing> Done(Task act)
    {
        await act;
        return Nothing.Value;
    }
}
