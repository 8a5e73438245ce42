using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Cofferdam.ApiClient;
using Cofferdam.Ledger;

namespace Cofferdam.Cli;

/// <summary><c>ledger save</c> and <c>ledger verify</c>: take a copy of a lab's receipts, and recompute every byte of it or of the published log.</summary>
internal static class LedgerCommands
{
    private static readonly Argument<string?> Place = new("LOG")
    {
        Description = "A published log, by its folder or address, or a saved ledger; without it the node is asked.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<long?> Size = new("--size") { Description = "Number of receipts that there must be." };
    private static readonly Option<string?> Root = new("--root") { Description = "Root hash that they must have, base64, as kept elsewhere." };
    private static readonly Option<FileInfo> Output = new("--output", "-o") { Description = "Where the copy goes.", Required = true, HelpName = "FILE" };

    public static Command Create() => new("ledger", "A lab's receipts: take a copy, and check it.")
    {
        Verb.Create(
            "verify", "Recompute every receipt, leaf, tile and the root.",
            [Place, Size, Root, LedgerPlace.Key, LedgerPlace.PolicyFile, LedgerLogVerify.Since, .. Connection.Options], VerifyAsync),
        LedgerProve.Create(),
        LedgerFollow.Create(),
        ServeCommand.CreateOf("recover", "Give a store from a backup the receipts published since; the vault stopped.", "recover-log"),
        ServeCommand.CreateOf("restart", "Begin a new log where receipts published since are lost, in the name of two people; the vault stopped.", "new-log"),
        Verb.Create("save", "Save every receipt, a JSON object per line.", [Output, .. Connection.Options], SaveAsync),
    };

    private static async Task<int> SaveAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var path = parsed.GetRequiredValue(Output).FullName;
        await using var signedIn = await Connection.OpenAsync(parsed, cancellation);
        var head = (await signedIn.Lab.LedgerAsync(cancellation)).OrThrow();
        await using (var file = new FileStream(path, FileMode.Create, FileAccess.Write))
            (await signedIn.Lab.SaveReceiptsAsync(file, cancellation)).OrThrow();
        terminal.Result(head, CliJson.Default.LedgerHead, saved =>
            $"saved {path}\n  check with: cofferdam ledger verify {path} --size {saved.Size} --root {saved.Root}");
        return ExitCode.Done;
    }

    private static async Task<int> VerifyAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var place = parsed.GetValue(Place);
        if (place is not null && (LedgerPlace.IsAddress(place) || Directory.Exists(place)))
        {
            return parsed.GetValue(Size) is null && parsed.GetValue(Root) is null
                ? await LedgerLogVerify.RunAsync(parsed, place, terminal, cancellation)
                : throw new CliException(ExitCode.WrongUse, "size-of-a-log", "a published log has its size and root in its checkpoint", "give a checkpoint kept elsewhere with --since");
        }

        if (parsed.GetValue(LedgerPlace.Key) is not null || parsed.GetValue(LedgerPlace.PolicyFile) is not null || parsed.GetValue(LedgerLogVerify.Since) is not null)
            throw new CliException(ExitCode.WrongUse, "no-log", "only a published log has signatures to check", "give its folder or address");
        var found = place is not null
            ? await VerifyFileAsync(new FileInfo(place), parsed.GetValue(Size), parsed.GetValue(Root), cancellation)
            : await VerifyNodeAsync(parsed, cancellation);
        terminal.Result(found, CliJson.Default.LedgerCheck, Words);
        return found.Verified ? ExitCode.Done : ExitCode.NotTrue;
    }

    private static async Task<LedgerCheck> VerifyNodeAsync(ParseResult parsed, CancellationToken cancellation)
    {
        await using var signedIn = await Connection.OpenAsync(parsed, cancellation);
        var head = (await signedIn.Lab.LedgerAsync(cancellation)).OrThrow();
        var size = parsed.GetValue(Size) ?? head.Size;
        var root = parsed.GetValue(Root) ?? (size == head.Size ? head.Root : throw new CliException(
            ExitCode.WrongUse, "no-root", "which root must the first receipts have?", "give --root together with --size"));
        return await CheckAsync(signedIn.Lab.ReceiptsAsync(0, cancellation), size, root, cancellation);
    }

    private static async Task<LedgerCheck> VerifyFileAsync(FileInfo file, long? size, string? root, CancellationToken cancellation)
    {
        if (!file.Exists)
            throw new CliException(ExitCode.WrongUse, "no-such-file", $"no such file: {file}", "check the path");
        try
        {
            if (size is null)
            {
                size = 0;
                await using var lines = file.OpenRead();
                await foreach (var _ in LedgerLines.ReadAsync(lines, cancellation))
                    size++;
            }

            await using var stream = file.OpenRead();
            return await CheckAsync(LedgerLines.ReadAsync(stream, cancellation), size.Value, root, cancellation);
        }
        catch (JsonException)
        {
            return new LedgerCheck(false, size ?? 0, null, "the file holds a line that is no receipt", new Dictionary<string, long>(), 0);
        }
    }

    /// <summary>Checks the first <paramref name="size"/> receipts.</summary>
    /// <param name="root">Null: there is nothing to compare with, and the root that was found is what the check is worth.</param>
    private static async Task<LedgerCheck> CheckAsync(IAsyncEnumerable<LedgerReceipt> receipts, long size, string? root, CancellationToken cancellation)
    {
        var tally = new LedgerTally();
        var expected = root is null ? [] : Bytes(root);
        LedgerFinding finding;
        try
        {
            // What came after the checkpoint is no fault of what came before it.
            var checkedReceipts = receipts.TakeWhile(receipt => receipt.Sequence < size);
            finding = await LedgerVerification.VerifyAsync(tally.CountAsync(checkedReceipts, cancellation), size, expected, cancellation);
        }
        catch (FormatException)
        {
            return new LedgerCheck(false, size, null, "a receipt is not in its canonical spelling", tally.Acts, tally.Disclosed);
        }

        return finding switch
        {
            LedgerFinding.Sound => new LedgerCheck(true, size, root, null, tally.Acts, tally.Disclosed),
            LedgerFinding.WrongRoot wrong when root is null => new LedgerCheck(true, size, Convert.ToBase64String(wrong.Found.Span), null, tally.Acts, tally.Disclosed),
            LedgerFinding.WrongRoot wrong => Broken("the receipts have another root", Convert.ToBase64String(wrong.Found.Span)),
            LedgerFinding.NotALeaf leaf => Broken($"receipt {leaf.Index} has a leaf that is none"),
            LedgerFinding.OutOfSequence moved => Broken($"receipt {moved.Sequence} stands at {moved.Index}"),
            LedgerFinding.NotCommitted other => Broken($"the leaf of receipt {other.Index} commits to another receipt"),
            LedgerFinding.WrongSize wrong => Broken($"there are {wrong.Found} receipts instead of {wrong.Expected}"),
            _ => throw new InvalidOperationException($"Unknown finding {finding.GetType().Name}."),
        };

        LedgerCheck Broken(string what, string? actual = null) => new(false, size, actual, what, tally.Acts, tally.Disclosed);
    }

    private static byte[] Bytes(string base64)
    {
        var bytes = new byte[32];
        return Convert.TryFromBase64String(base64, bytes, out var written) && written == bytes.Length
            ? bytes
            : throw new CliException(ExitCode.WrongUse, "root", "the root is not base64 of 32 bytes", "the node shows it at /api/labs/LAB/ledger");
    }

    private static string Words(LedgerCheck check) => check.Verified
        ? $"verified {check.Size:N0} receipts, root {check.Root}\n  " + string.Join(", ", check.Acts.Select(act => $"{act.Value:N0} {act.Key}")) + $"; {check.Disclosed:N0} records disclosed"
        : $"not true: {check.Wrong}";
}

/// <summary>Counts what passes by.</summary>
internal sealed class LedgerTally
{
    public SortedDictionary<string, long> Acts { get; } = new(StringComparer.Ordinal);

    /// <summary>Records in receipts of opens and exports.</summary>
    public long Disclosed { get; private set; }

    public async IAsyncEnumerable<LedgerEntry> CountAsync(IAsyncEnumerable<LedgerReceipt> receipts, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var receipt in receipts.WithCancellation(cancellation))
        {
            var entry = new LedgerEntry(
                Convert.FromBase64String(receipt.Leaf), Convert.FromBase64String(receipt.What), Convert.FromBase64String(receipt.Who), Convert.FromBase64String(receipt.Salt));
            if (Receipt.TryParseLeaf(entry.Leaf.Span, out var leaf))
            {
                Acts[leaf.Act] = Acts.GetValueOrDefault(leaf.Act) + 1;
                if (leaf.Act is "open" or "export")
                    Disclosed += Receipt.Parse(entry.What.Span, entry.Who.Span).Records.Count;
            }

            yield return entry;
        }
    }
}

/// <param name="Verified">Every receipt is spelled canonically, every leaf commits to it, none is missing, and the root is as expected.</param>
/// <param name="Root">The root found, base64.</param>
/// <param name="Wrong">The first thing that is wrong.</param>
/// <param name="Acts">Receipts per act.</param>
/// <param name="Disclosed">Records in receipts of opens and exports.</param>
internal sealed record LedgerCheck(bool Verified, long Size, string? Root, string? Wrong, IReadOnlyDictionary<string, long> Acts, long Disclosed);
