using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Cofferdam.Ledger;

/// <summary>Reads the text of a policy, line by line.</summary>
internal sealed class PolicyReader
{
    private const string None = "none";

    private readonly List<PolicyLog> logs = [];
    private readonly List<PolicyWitness> witnesses = [];
    private readonly List<WitnessPolicy.Member> members = [];
    private readonly HashSet<string> grouped = new(StringComparer.Ordinal);
    private WitnessPolicy.Member? quorum;
    private bool quorumSaid;

    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out WitnessPolicy? policy, out string wrong)
    {
        policy = null;
        if (bytes.Length > WitnessPolicy.MaxBytes)
            return Refuse($"a policy has at most {WitnessPolicy.MaxBytes} bytes", out wrong);
        if (bytes.IsEmpty || bytes[^1] != (byte)'\n')
            return Refuse("every line ends with a newline", out wrong);

        // Names are ours to compare and to print, so they are read as UTF-8, which the format only recommends.
        string text;
        try
        {
            text = StrictText.Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Refuse("the policy is not UTF-8", out wrong);
        }

        var reader = new PolicyReader();
        var number = 0;
        foreach (var line in text[..^1].Split('\n'))
        {
            number++;
            if (reader.Read(line) is { } fault)
                return Refuse($"line {number}: {fault}", out wrong);
        }

        if (!reader.quorumSaid)
            return Refuse("there is no quorum line", out wrong);
        policy = new WitnessPolicy(text, reader.logs, reader.witnesses, reader.members, reader.quorum);
        wrong = "";
        return true;
    }

    private static bool Refuse(string what, out string wrong)
    {
        wrong = what;
        return false;
    }

    // What is wrong with the line; null where nothing is.
    private string? Read(string line)
    {
        if (line.Any(one => one != '\t' && one is < ' ' or '\x7f'))
            return "a control character";
        var words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            [] => null,
            [['#', ..], ..] => null,
            ["log", var key] => Log(key, null),
            ["log", var key, var url] => Log(key, url),
            ["witness", var name, var key] => Witness(name, key, null),
            ["witness", var name, var key, var url] => Witness(name, key, url),
            ["group", var name, var needed, .. { Length: > 0 } of] => Group(name, needed, of),
            ["quorum", var name] => Quorum(name),
            _ => "not a line of a policy",
        };
    }

    private string? Log(string vkey, string? url)
    {
        if (!VerifierKey.TryParse(vkey, out var key) || key.Algorithm != VerifierKey.Ed25519Note)
            return "not the key of a log (Ed25519, type 0x01)";
        if (logs.Any(log => log.Key.PublicKey.Span.SequenceEqual(key.PublicKey.Span)))
            return "this log is there twice";
        logs.Add(new PolicyLog(key, url));
        return logs.Count > WitnessPolicy.MaxOfEach ? $"more than {WitnessPolicy.MaxOfEach} logs" : null;
    }

    private string? Witness(string name, string vkey, string? url)
    {
        if (!VerifierKey.TryParse(vkey, out var key) || key.Algorithm != VerifierKey.Ed25519Cosignature)
            return "not the key of a witness (Ed25519 cosignatures, type 0x04)";
        if (witnesses.Any(witness => witness.Key.PublicKey.Span.SequenceEqual(key.PublicKey.Span)))
            return "this witness is there twice";
        witnesses.Add(new PolicyWitness(name, key, url));
        return witnesses.Count > WitnessPolicy.MaxOfEach ? $"more than {WitnessPolicy.MaxOfEach} witnesses" : Define(new(name, key, 1, []));
    }

    private string? Group(string name, string needed, string[] of)
    {
        var count = needed switch
        {
            "any" => 1,
            "all" => of.Length,
            _ when StrictText.TryNumber(needed, out var number) && number <= of.Length => (int)number,
            _ => 0,
        };
        if (count < 1)
            return string.Create(CultureInfo.InvariantCulture, $"of a group any, all, or 1 to {of.Length} are needed");
        foreach (var member in of)
        {
            if (!members.Exists(one => one.Name == member))
                return $"{member} is not named before";
            if (!grouped.Add(member))
                return $"{member} is in a group already";
        }

        return members.Count(member => member.Key is null) == WitnessPolicy.MaxOfEach
            ? $"more than {WitnessPolicy.MaxOfEach} groups"
            : Define(new(name, null, count, of));
    }

    private string? Quorum(string name)
    {
        if (quorumSaid)
            return "there is more than one quorum line";
        quorumSaid = true;
        quorum = members.Find(member => member.Name == name);
        return quorum is null && name != None ? $"{name} is not named before" : null;
    }

    private string? Define(WitnessPolicy.Member member)
    {
        if (member.Name == None || members.Exists(one => one.Name == member.Name))
            return $"{member.Name} is named already";
        members.Add(member);
        return null;
    }
}
