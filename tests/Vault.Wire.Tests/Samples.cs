using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Wire.Tests;

/// <summary>Messages with every fact filled in, by type: what is lost on the way shows.</summary>
internal static class Samples
{
    private static readonly DateTimeOffset Time = new(2026, 3, 4, 5, 6, 7, 891, TimeSpan.Zero);
    private static readonly LabId Lab = new(Guid.CreateVersion7());
    private static readonly Principal Expert = Principal.Person(Guid.NewGuid(), Guid.NewGuid());
    private static readonly RecordRef Record = new(RecordKind.Item, RecordId.New());
    private static readonly byte[] Bytes = [1, 2, 3, 250];
    private static readonly Policy SamplePolicy = new(
        new Dictionary<RecordKind, int> { [RecordKind.Form] = 3, [RecordKind.Gold] = 1000 }, 1, 2, 3, 4, null, 6, 7, TimeSpan.FromDays(1.5), TwoToResume: true, UnsignedStaff: false);

    private static readonly Proof SampleProof = new(Guid.NewGuid(), new byte[] { 7, 8 }, new byte[] { 9 });

    private static readonly Suspension SampleSuspension = new(
        Guid.NewGuid(), Lab, new Scope(ScopeKind.Engagement, Guid.NewGuid()), ReasonClass.SecurityIncident, Time, Time.AddTicks(1), 7, 6, Guid.NewGuid(), Drill: true, Guid.NewGuid());

    private static readonly Proposal SampleProposal = new(
        Guid.NewGuid(), Lab, ProposalKind.ShredProject, Guid.NewGuid(), SamplePolicy, Guid.NewGuid(), Time, null, Time, null, ProposalState.Approved, 9);

    private static readonly ReceiptEntry SampleReceipt = new(
        12, Time, Act.Open, ProjectId.New(), Expert, Purpose.Task, [new ReceiptRecord(RecordKind.Item, RecordId.New(), 3, Bytes, 25, Again: true)],
        Guid.NewGuid(), null, RefusalReason.Suspended, Guid.NewGuid(), Guid.NewGuid(), Bytes, Bytes, Bytes, Bytes, Fits: true, SampleProof);

    private static readonly Dictionary<Type, object?[]> All = new()
    {
        [typeof(string)] = ["tile/0/x001/234"],
        [typeof(int)] = [5],
        [typeof(long)] = [long.MaxValue],
        [typeof(Guid)] = [Guid.NewGuid()],
        [typeof(Guid?)] = [Guid.NewGuid()],
        [typeof(DateTimeOffset)] = [Time],
        [typeof(CancellationToken)] = [CancellationToken.None],
        [typeof(LabId)] = [Lab],
        [typeof(ProjectId)] = [ProjectId.New()],
        [typeof(RecordKind)] = [RecordKind.Gold],
        [typeof(ProposalKind)] = [ProposalKind.ErasePerson],
        [typeof(Principal)] = [Expert],
        [typeof(Policy)] = [SamplePolicy],
        [typeof(SealRequest)] =
            [new SealRequest(Lab, ProjectId.New(), Expert, [new SealItem(RecordKind.Item, RecordId.New(), Bytes, 4, 17), new SealItem(RecordKind.Draft, RecordId.New(), default)])],
        [typeof(OpenRequest)] =
            [new OpenRequest(Lab, ProjectId.New(), Expert, Act.Export, Purpose.Deliver, [Record, Record], Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), SampleProof)],
        [typeof(Proof)] = [SampleProof],
        [typeof(ReadOnlyMemory<byte>)] = [new ReadOnlyMemory<byte>(Bytes)],
        [typeof(EngagementTerms)] =
            [new EngagementTerms(Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), [new StatementKey("kid", StatementAlgorithm.EdDsa, Bytes, Time, Time.AddDays(1))], 7, Time, "lab")],
        [typeof(RefusalNote)] = [new RefusalNote(Lab, Expert, RefusalReason.NotAllowed, [Guid.NewGuid()], Guid.NewGuid())],
        [typeof(SuspendRequest)] = [new SuspendRequest(Lab, new Scope(ScopeKind.Model, Guid.Empty), ReasonClass.Other, Expert, Time, Drill: true)],
        [typeof(ReceiptQuery)] =
            [new ReceiptQuery(Lab, ProjectId.New(), Guid.NewGuid(), RecordId.New(), [Act.Open, Act.Send], Time, Time, 5, 6, Purpose.Search, Guid.NewGuid(), Guid.NewGuid())],
        [typeof(IReadOnlyList<RecordRef>)] = [new[] { Record, new RecordRef(RecordKind.Image, RecordId.New()) }],
        [typeof(IReadOnlyList<ReadOnlyMemory<byte>>)] = [new ReadOnlyMemory<byte>[] { Bytes, default, new byte[200_000] }],

        [typeof(VaultFigures)] = [new VaultFigures(77)],
        [typeof(SealOutcome)] = [new SealOutcome.Sealed([1, 2], 5), new SealOutcome.Conflict(RecordId.New(), 3), new SealOutcome.UnknownProject()],
        [typeof(OpenOutcome)] =
        [
            new OpenOutcome.Opened(5, [new OpenedRecord(RecordId.New(), 2, Bytes), new OpenedRecord(RecordId.New(), 1, default), new OpenedRecord(RecordId.New(), 1, new byte[300_000])]),
            new OpenOutcome.Refused(RefusalReason.Suspended, 8, SampleSuspension),
            new OpenOutcome.Refused(RefusalReason.NotFound, 8),
        ],
        [typeof(IAsyncEnumerable<RecordId>)] = [Enumerable.Range(0, 5000).Select(_ => RecordId.New()).Order(Comparer<RecordId>.Create((a, b) => a.Value.CompareTo(b.Value))).ToArray()],
        [typeof(IReadOnlyList<byte[]>)] = [new[] { Bytes, Bytes }],
        [typeof(SuspendOutcome)] = [new SuspendOutcome(SampleSuspension, [4, 5], 2, 1)],
        [typeof(ResumeOutcome)] = [new ResumeOutcome.Resumed(4), new ResumeOutcome.SecondPersonNeeded(), new ResumeOutcome.SamePerson(), new ResumeOutcome.NotInForce(), new ResumeOutcome.NotSigned()],
        [typeof(IReadOnlyList<Suspension>)] = [new[] { SampleSuspension, SampleSuspension with { Until = null, LastDisclosure = null, ResumeBy = null } }, Array.Empty<Suspension>()],
        [typeof(SuspensionProof)] = [new SuspensionProof(SampleSuspension, 1, null, 3, 4, [5], 6), null],
        [typeof(IReadOnlyList<ReceiptEntry>)] = [new[] { SampleReceipt, SampleReceipt }],
        [typeof(IAsyncEnumerable<ReceiptEntry>)] = [Enumerable.Range(0, 1200).Select(i => SampleReceipt with { Sequence = i }).ToArray()],
        [typeof(ReceiptEntry)] = [SampleReceipt, null],
        [typeof(LedgerHead)] = [new LedgerHead(9, Bytes)],
        [typeof(LogState)] = [new LogState("node/ledger/lab", "key", new LogCheckpoint(3, Bytes, Time, Bytes), LogStanding.Behind, [new WitnessState("w", 2, null, "late")], Quorum: true)],
        [typeof(ReadOnlyMemory<byte>?)] = [new ReadOnlyMemory<byte>(Bytes), new ReadOnlyMemory<byte>([]), null],
        [typeof(KeyState)] = [new KeyState("file", true, true, ["file", "pkcs11"], Time, 3, new RecoveryState(5, 3, Time))],
        [typeof(KeyOutcome)] = [new KeyOutcome.Done(4), new KeyOutcome.UnknownCustodian(), new KeyOutcome.Unavailable("It is locked.")],
        [typeof(ResealStep)] = [new ResealStep(5, 6, null)],
        [typeof(RecoveryShareSet)] = [new RecoveryShareSet(["one", "two"], 2, 8)],
        [typeof(PolicyOutcome)] = [new PolicyOutcome.Set(4), new PolicyOutcome.Proposed(SampleProposal), new PolicyOutcome.Invalid("weights", "Too high."), new PolicyOutcome.NotSigned()],
        [typeof(IReadOnlyList<BudgetUse>)] = [new[] { new BudgetUse(BudgetKind.Host, Guid.NewGuid(), "host", 1, 2, 3, null) }],
        [typeof(ShareFigures)] =
            [new ShareFigures(100, [new Share(Guid.NewGuid(), null, 5, 6)], [], [new Share(Guid.Empty, "host", 7, 8)], [new CoalitionShare(2, 30, 40)])],
        [typeof(Proposal)] = [SampleProposal],
        [typeof(ProposalOutcome)] = [new ProposalOutcome.Accepted(SampleProposal), new ProposalOutcome.SamePerson(), new ProposalOutcome.NotOpen(), new ProposalOutcome.NotSigned()],
        [typeof(IReadOnlyList<Proposal>)] = [new[] { SampleProposal }],
        [typeof(TermsOutcome)] = [new TermsOutcome.Set(4), new TermsOutcome.Invalid("keys", "Too many."), new TermsOutcome.NotSigned()],
        [typeof(VouchOutcome)] = [new VouchOutcome.Vouched(4, Guid.NewGuid(), Time, Guid.NewGuid()), new VouchOutcome.Withdrawn(5), new VouchOutcome.Refused(VouchFault.Headcount)],
        [typeof(long?)] = [5L, null],
        [typeof(IReadOnlyList<EnrolledKey>)] = [new[] { new EnrolledKey(Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Bytes, Bytes, Time, Time) }],
        [typeof(StaffKeyOutcome)] = [new StaffKeyOutcome.Enrolled(Guid.NewGuid(), 4), new StaffKeyOutcome.NotSigned(), new StaffKeyOutcome.Invalid()],
    };

    /// <summary>One for each case of the type.</summary>
    public static object?[] Of(Type type) => All.TryGetValue(type, out var samples) ? samples : throw new InvalidOperationException($"Give a sample of {type}.");
}
