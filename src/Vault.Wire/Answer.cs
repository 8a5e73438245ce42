namespace Cofferdam.Vault.Wire;

/// <summary>What a request is answered with.</summary>
internal readonly record struct Answer(ReadOnlyMemory<byte> Header, IReadOnlyList<ReadOnlyMemory<byte>> Attachments)
{
    /// <summary>Attachments that one frame of an answer takes before the next is begun.</summary>
    private const long PartBytes = Frame.MaxBytes / 2;

    public static Answer Of<T>(T header) => new(WireJson.Write(header), []);

    public static Answer Of<T>(T header, IReadOnlyList<ReadOnlyMemory<byte>> attachments) => new(WireJson.Write(header), attachments);

    /// <summary>The frames that carry it: one, or where it is larger parts of its attachments before the one with the header.</summary>
    public IEnumerable<Frame> Frames(ulong id)
    {
        var from = 0;
        long bytes = 0;
        for (var i = 0; i < Attachments.Count; i++)
        {
            var length = sizeof(uint) + Attachments[i].Length;
            if (i > from && (bytes + length > PartBytes || i - from == Frame.MaxAttachments))
            {
                yield return new Frame(id, (byte)AnswerKind.Part, default, [.. Attachments.Skip(from).Take(i - from)]);
                (from, bytes) = (i, 0);
            }

            bytes += length;
        }

        yield return new Frame(id, (byte)AnswerKind.Done, Header, from == 0 ? Attachments : [.. Attachments.Skip(from)]);
    }
}
