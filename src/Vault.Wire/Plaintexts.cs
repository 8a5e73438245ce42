using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Wire;

/// <summary>Takes plaintext out of a message, to travel as attachments, and puts it back.</summary>
internal static class Plaintexts
{
    public static (SealRequest Header, IReadOnlyList<ReadOnlyMemory<byte>> Attachments) Part(SealRequest request)
    {
        var bare = new SealItem[request.Records.Count];
        var plaintexts = new ReadOnlyMemory<byte>[bare.Length];
        for (var i = 0; i < bare.Length; i++)
            (bare[i], plaintexts[i]) = (request.Records[i] with { Plaintext = default }, request.Records[i].Plaintext);
        return (request with { Records = bare }, plaintexts);
    }

    /// <exception cref="WireException">Not one plaintext for each record.</exception>
    public static SealRequest Join(SealRequest header, IReadOnlyList<ReadOnlyMemory<byte>> attachments)
    {
        CheckCount(header.Records.Count, attachments);
        var whole = new SealItem[attachments.Count];
        for (var i = 0; i < whole.Length; i++)
            whole[i] = header.Records[i] with { Plaintext = attachments[i] };
        return header with { Records = whole };
    }

    public static (OpenOutcome Header, IReadOnlyList<ReadOnlyMemory<byte>> Attachments) Part(OpenOutcome outcome)
    {
        if (outcome is not OpenOutcome.Opened opened)
            return (outcome, []);
        var bare = new OpenedRecord[opened.Records.Count];
        var plaintexts = new ReadOnlyMemory<byte>[bare.Length];
        for (var i = 0; i < bare.Length; i++)
            (bare[i], plaintexts[i]) = (opened.Records[i] with { Plaintext = default }, opened.Records[i].Plaintext);
        return (opened with { Records = bare }, plaintexts);
    }

    /// <exception cref="WireException">Not one plaintext for each record.</exception>
    public static OpenOutcome Join(OpenOutcome header, IReadOnlyList<ReadOnlyMemory<byte>> attachments)
    {
        if (header is not OpenOutcome.Opened opened)
            return header;
        CheckCount(opened.Records.Count, attachments);
        var whole = new OpenedRecord[attachments.Count];
        for (var i = 0; i < whole.Length; i++)
            whole[i] = opened.Records[i] with { Plaintext = attachments[i] };
        return opened with { Records = whole };
    }

    private static void CheckCount(int records, IReadOnlyList<ReadOnlyMemory<byte>> attachments)
    {
        if (records != attachments.Count)
            throw new WireException("attachments are not as many as records");
    }
}
