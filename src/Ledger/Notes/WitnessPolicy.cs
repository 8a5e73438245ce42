using System.Diagnostics.CodeAnalysis;

namespace Cofferdam.Ledger;

/// <summary>Whose signatures make a checkpoint good: one of the known logs', and a quorum of witnesses (C2SP tlog-policy).</summary>
public sealed class WitnessPolicy
{
    /// <summary>Most logs, most witnesses and most groups of a policy.</summary>
    public const int MaxOfEach = 64;

    /// <summary>Most bytes of a policy.</summary>
    public const int MaxBytes = 64 * 1024;

    private readonly IReadOnlyList<Member> members;
    private readonly Member? quorum;
    private readonly VerifierKey[] keys;

    internal WitnessPolicy(string text, IReadOnlyList<PolicyLog> logs, IReadOnlyList<PolicyWitness> witnesses, IReadOnlyList<Member> members, Member? quorum)
    {
        (Text, Logs, Witnesses, this.members, this.quorum) = (text, logs, witnesses, members, quorum);
        keys = [.. logs.Select(log => log.Key), .. witnesses.Select(witness => witness.Key)];
    }

    /// <summary>The policy as it was read.</summary>
    public string Text { get; }

    /// <summary>Logs whose checkpoints are good.</summary>
    public IReadOnlyList<PolicyLog> Logs { get; }

    /// <summary>Witnesses that the quorum may be made of.</summary>
    public IReadOnlyList<PolicyWitness> Witnesses { get; }

    /// <summary>True where a checkpoint needs somebody else's signature beside the log's.</summary>
    public bool AsksWitnesses => quorum is not null;

    /// <summary>The policy of whoever knows a log by its key alone: its signature, and no witness.</summary>
    public static WitnessPolicy ForLog(VerifierKey log) =>
        TryParse(StrictText.Utf8.GetBytes($"log {log}\nquorum none\n"), out var policy, out var wrong) ? policy : throw new ArgumentException(wrong, nameof(log));

    /// <summary>Reads a policy.</summary>
    /// <param name="wrong">What is wrong with it, with the number of its line; empty where nothing is.</param>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out WitnessPolicy? policy, out string wrong) =>
        PolicyReader.TryRead(bytes, out policy, out wrong);

    /// <summary>True where enough witnesses are among the signers.</summary>
    public bool IsQuorum(IReadOnlySet<VerifierKey> signers)
    {
        if (quorum is null)
            return true;

        // Members name only what stands before them.
        var witnessed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in members)
        {
            if (member.Key is { } key ? signers.Contains(key) : member.Of.Count(witnessed.Contains) >= member.Needed)
                witnessed.Add(member.Name);
        }

        return witnessed.Contains(quorum.Name);
    }

    /// <summary>True where a checkpoint is good under this policy.</summary>
    public bool Satisfied(ReadOnlySpan<byte> note) => Open(note) is PolicyOpening.Satisfied;

    /// <summary>Opens a checkpoint: signed by one of the logs under its own origin, and cosigned by the quorum.</summary>
    /// <remarks>Lines of unknown keys are passed over; one false line of a known key refuses the checkpoint.</remarks>
    public PolicyOpening Open(ReadOnlySpan<byte> note)
    {
        switch (SignedNote.Open(note, keys))
        {
            case NoteOpening.FalseSignature wrong:
                return new PolicyOpening.FalseSignature(wrong.Key.Name);
            case NoteOpening.Malformed:
                return new PolicyOpening.Malformed();
            case NoteOpening.Opened opened when !Checkpoint.TryParse(opened.Note.Text, out _):
                return new PolicyOpening.Malformed();
            case NoteOpening.Opened opened when Checkpoint.TryParse(opened.Note.Text, out var checkpoint):
                return Judge(opened, checkpoint);
            default:
                return new PolicyOpening.NotOfALog("");
        }
    }

    /// <summary>Lines that are by no key of this policy.</summary>
    public IEnumerable<NoteSignature> Strangers(SignedNote note) => note.Signatures.Where(signature => !keys.Any(key => key.IsNamedBy(signature)));

    private PolicyOpening Judge(NoteOpening.Opened opened, Checkpoint checkpoint)
    {
        if (!Logs.Any(log => opened.Signers.Contains(log.Key) && log.Key.Name == checkpoint.Origin))
            return new PolicyOpening.NotOfALog(checkpoint.Origin);
        string[] cosigned = [.. Witnesses.Where(witness => opened.Signers.Contains(witness.Key)).Select(witness => witness.Name)];
        return IsQuorum(opened.Signers)
            ? new PolicyOpening.Satisfied(checkpoint, opened.Note, cosigned)
            : new PolicyOpening.NoQuorum(checkpoint, cosigned);
    }

    /// <summary>A witness, or a group of which some are needed.</summary>
    internal sealed record Member(string Name, VerifierKey? Key, int Needed, IReadOnlyList<string> Of);
}

/// <summary>A log of a policy.</summary>
/// <param name="Url">Where it can be reached; null where the policy does not say.</param>
public sealed record PolicyLog(VerifierKey Key, string? Url);

/// <summary>A witness of a policy.</summary>
/// <param name="Name">Its name in the policy alone.</param>
/// <param name="Url">Where checkpoints are handed in; null where the policy does not say.</param>
public sealed record PolicyWitness(string Name, VerifierKey Key, string? Url);

/// <summary>What came of opening a checkpoint under a policy.</summary>
public abstract record PolicyOpening
{
    private PolicyOpening() { }

    /// <summary>Good.</summary>
    /// <param name="Cosigned">Names of the policy's witnesses that have signed, in its order.</param>
    public sealed record Satisfied(Checkpoint Checkpoint, SignedNote Note, IReadOnlyList<string> Cosigned) : PolicyOpening;

    /// <summary>Not a note, or not a checkpoint.</summary>
    public sealed record Malformed : PolicyOpening;

    /// <summary>A line says it is by a key of the policy, and is not.</summary>
    public sealed record FalseSignature(string KeyName) : PolicyOpening;

    /// <summary>No log of the policy has signed it under its own origin.</summary>
    /// <param name="Origin">The origin it names; empty where nobody known has signed.</param>
    public sealed record NotOfALog(string Origin) : PolicyOpening;

    /// <summary>The log has signed, too few witnesses have.</summary>
    public sealed record NoQuorum(Checkpoint Checkpoint, IReadOnlyList<string> Cosigned) : PolicyOpening;
}
