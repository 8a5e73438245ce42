using System.CommandLine;
using System.Text;
using Cofferdam.Ledger;

namespace Cofferdam.Cli;

/// <summary><c>ledger prove</c>: a proof that a receipt is in the log, made from its tiles, and its check.</summary>
internal static class LedgerProve
{
    private static readonly Argument<long?> Index = new("INDEX") { Description = "Sequence number of the receipt.", Arity = ArgumentArity.ZeroOrOne };

    private static readonly Argument<string?> Place = new("LOG") { Description = "The log's folder or address.", Arity = ArgumentArity.ZeroOrOne };

    private static readonly Option<FileInfo?> Output = new("--output", "-o") { Description = "Where the proof goes; otherwise it is printed.", HelpName = "FILE.tlog-proof" };

    private static readonly Option<FileInfo?> Check = new("--check") { Description = "Check this proof, offline.", HelpName = "FILE" };

    private static readonly Option<FileInfo?> Entry = new("--entry") { Description = "The leaf that is to be proved, where the proof does not carry it.", HelpName = "FILE" };

    public static Command Create() => Verb.Create(
        "prove", "Prove that a receipt is in the log, or check such a proof.", [Index, Place, Output, Check, Entry, LedgerPlace.Key, LedgerPlace.PolicyFile], RunAsync);

    private static Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation) =>
        parsed.GetValue(Check) is { } file ? CheckAsync(parsed, file, terminal, cancellation) : MakeAsync(parsed, terminal, cancellation);

    private static async Task<int> MakeAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var index = parsed.GetValue(Index) ?? throw new CliException(ExitCode.WrongUse, "no-index", "which receipt?", "give its sequence number");
        var log = await LedgerPlace.OpenAsync(parsed, parsed.GetValue(Place), cancellation);
        var note = await log.Source.ReadCheckpointAsync(cancellation) ?? throw NotTrue("there is no checkpoint");
        if (log.Policy.Open(note) is not PolicyOpening.Satisfied { Checkpoint: var checkpoint })
            throw NotTrue(LogVerification.Untrusted(log.Policy.Open(note))!.What);
        if (index < 0 || index >= checkpoint.Size)
            throw new CliException(ExitCode.WrongUse, "no-such-receipt", $"the checkpoint covers {checkpoint.Size:N0} receipts, numbered from 0", "a new receipt is covered within a second");

        try
        {
            var prover = new TileProver(log.Source, checkpoint.Size);
            var entry = await prover.EntryAsync(index, cancellation);
            var proof = new TlogProof(index, await prover.InclusionAsync(index, cancellation), note, entry);
            var proved = Judge(proof, entry, log.Policy);
            await GiveAsync(parsed, proof, proved, terminal, cancellation);
            return proved.Proved ? ExitCode.Done : ExitCode.NotTrue;
        }
        catch (MissingTileException missing)
        {
            throw NotTrue($"the log has no whole {missing.Tile}");
        }
    }

    private static async Task GiveAsync(ParseResult parsed, TlogProof proof, ProofCheck proved, Terminal terminal, CancellationToken cancellation)
    {
        if (proved.Proved && parsed.GetValue(Output) is { } file)
        {
            await File.WriteAllBytesAsync(file.FullName, proof.ToBytes(), cancellation);
            terminal.Result(proved, CliJson.Default.ProofCheck, found => $"{Words(found)}\n  saved {file}\n  check with: cofferdam ledger prove --check {file} --key VKEY");
            return;
        }

        terminal.Result(proved with { Proof = Convert.ToBase64String(proof.ToBytes()) }, CliJson.Default.ProofCheck,
            found => found.Proved ? Encoding.UTF8.GetString(proof.ToBytes()).TrimEnd('\n') : Words(found));
    }

    private static async Task<int> CheckAsync(ParseResult parsed, FileInfo file, Terminal terminal, CancellationToken cancellation)
    {
        var policy = await LedgerPlace.GivenPolicyAsync(parsed, cancellation)
            ?? throw new CliException(ExitCode.WrongUse, "no-policy", "nothing says whose signatures make this proof good", "give --key VKEY or --policy FILE");
        if (!TlogProof.TryParse(await File.ReadAllBytesAsync(file.FullName, cancellation), out var proof))
            throw NotTrue("the file is no proof in the form of c2sp.org/tlog-proof@v1");
        var entry = parsed.GetValue(Entry) is { } leaf ? await File.ReadAllBytesAsync(leaf.FullName, cancellation) : proof.Extra
            ?? throw new CliException(ExitCode.WrongUse, "no-entry", "the proof does not carry what it proves", "give the leaf with --entry FILE");
        var found = Judge(proof, entry, policy);
        terminal.Result(found, CliJson.Default.ProofCheck, Words);
        return found.Proved ? ExitCode.Done : ExitCode.NotTrue;
    }

    private static ProofCheck Judge(TlogProof proof, ReadOnlyMemory<byte> entry, WitnessPolicy policy)
    {
        var leaf = Receipt.TryParseLeaf(entry.Span, out var facts) ? facts : default(LeafFacts?);
        var check = new ProofCheck(false, proof.Index, null, null, [], leaf?.Time, leaf?.Act, null, null);
        return proof.Verify(MerkleTree.HashLeaf(entry.Span), policy) switch
        {
            ProofOutcome.Proved when leaf is { } other && other.Sequence != proof.Index => check with { Wrong = "the leaf is of another receipt" },
            ProofOutcome.Proved good => check with { Proved = true, Origin = good.Checkpoint.Origin, Size = good.Checkpoint.Size, Cosigned = good.Cosigned },
            ProofOutcome.NotTrusted untrusted => check with { Wrong = LogVerification.Untrusted(untrusted.Why)!.What },
            _ => check with { Wrong = "the hashes do not lead from the receipt to the root that was signed" },
        };
    }

    private static string Words(ProofCheck found) => found.Proved
        ? $"receipt {found.Index:N0} is in the log {found.Origin}, among its first {found.Size:N0}"
            + (found.Act is null ? "" : $"\n  {found.Act}, {found.Time:O}")
            + (found.Cosigned.Count == 0 ? "" : $"\n  witnessed by {string.Join(", ", found.Cosigned)}")
        : $"not true: {found.Wrong}";

    private static CliException NotTrue(string what) => new(ExitCode.NotTrue, "not-true", what);
}

/// <summary>What a proof is worth.</summary>
/// <param name="Size">Receipts that the checkpoint covers.</param>
/// <param name="Cosigned">Witnesses of the policy that have signed it.</param>
/// <param name="Time">When the receipt's act was, as its leaf says in clear.</param>
/// <param name="Proof">The proof itself, base64, where it went into no file.</param>
internal sealed record ProofCheck(
    bool Proved, long Index, string? Origin, long? Size, IReadOnlyList<string> Cosigned, DateTimeOffset? Time, string? Act, string? Proof, string? Wrong);
