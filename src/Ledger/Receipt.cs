using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cofferdam.Ledger;

/// <summary>Canonical bytes of receipts and of the leaves that commit to them (docs/formats/receipt.md).</summary>
/// <remarks>
/// A receipt is two parts of JSON with one spelling each: <em>what</em> was disclosed and to <em>whom</em>. Its leaf
/// holds sequence, time and act in clear, and for each part HMAC-SHA-256 under the receipt's salt. So a leaf gives
/// nothing away, one receipt can be shown alone, and a person is erased by destroying the key of that person's salts.
/// </remarks>
public static class Receipt
{
    /// <summary>Most records, and most ids asked for, in one receipt.</summary>
    public const int MaxRecords = 256;

    /// <summary>Most bytes in a part or a leaf: what an entry of a C2SP tlog-tiles bundle holds.</summary>
    public const int MaxBytes = 65_535;

    /// <summary>Length of a salt and of a salt key in bytes.</summary>
    public const int SaltBytes = 32;

    // Escapes quotes, backslashes and control characters only, as RFC 8785 does.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static Pen? pen;

    private static ReadOnlySpan<byte> WhatLabel => "cofferdam/receipt/what@1\0"u8;

    private static ReadOnlySpan<byte> WhoLabel => "cofferdam/receipt/who@1\0"u8;

    /// <summary>The salt of one receipt: HMAC-SHA-256 of its sequence number (u64, big-endian) under a person's salt key.</summary>
    /// <param name="saltKey">32 secret bytes, of one person in one lab.</param>
    /// <returns>32 bytes.</returns>
    public static byte[] Salt(ReadOnlySpan<byte> saltKey, long sequence)
    {
        RequireSalt(saltKey, nameof(saltKey));
        Span<byte> message = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(message, sequence);
        return HMACSHA256.HashData(saltKey, message);
    }

    /// <summary>Canonical bytes of everything but the principal.</summary>
    /// <exception cref="ArgumentException">More than <see cref="MaxRecords"/> records or ids.</exception>
    /// <exception cref="InvalidOperationException">More than <see cref="MaxBytes"/>: the names are too long.</exception>
    public static byte[] WriteWhat(ReceiptFacts facts)
    {
        if (facts.Records.Count > MaxRecords || facts.Asked.Count > MaxRecords)
            throw new ArgumentException($"A receipt lists at most {MaxRecords} records.", nameof(facts));

        var json = Begin();
        json.WriteNumber("v"u8, 1);
        json.WriteString("lab"u8, facts.Lab);
        if (facts.Project != Guid.Empty)
            json.WriteString("project"u8, facts.Project);
        if (facts.Purpose is not null)
            json.WriteString("purpose"u8, facts.Purpose);
        if (facts.Records.Count > 0)
            WriteRecords(json, facts.Records);
        if (!facts.SealRoot.IsEmpty)
            json.WriteBase64String("sealRoot"u8, facts.SealRoot.Span);
        if (facts.SealCount is { } count)
            json.WriteNumber("sealCount"u8, count);
        if (facts.Withdraws is { } withdrawn)
            json.WriteNumber("withdraws"u8, withdrawn);
        if (facts.ActId is { } actId)
            json.WriteString("actId"u8, actId);
        if (facts.Refusal is not null)
            json.WriteString("refusal"u8, facts.Refusal);
        if (facts.Asked.Count > 0)
            WriteAsked(json, facts.Asked);
        if (facts.Suspension is { } suspension)
            WriteSuspension(json, suspension);
        if (facts.BudgetAfter is { } budget)
            json.WriteNumber("budgetAfter"u8, budget);
        json.WriteNumber("epoch"u8, facts.Epoch);
        json.WriteString("process"u8, facts.Process);
        json.WriteString("build"u8, facts.Build);
        if (facts.WebBundle is not null)
            json.WriteString("webBundle"u8, facts.WebBundle);
        json.WriteBoolean("evaluation"u8, facts.Evaluation);
        if (facts.Destination is { } destination)
            json.WriteString("destination"u8, destination);
        if (facts.Vault is { } vault)
            json.WriteString("vault"u8, vault);
        if (!facts.Policy.IsEmpty)
            json.WriteBase64String("policy"u8, facts.Policy.Span);
        if (facts.Cost is { } cost)
            json.WriteNumber("cost"u8, cost);
        if (facts.Particulars.Count > 0)
            WriteParticulars(json, facts.Particulars);
        return End(json);
    }

    /// <summary>Canonical bytes of the principal and of what points to a person.</summary>
    public static byte[] WriteWho(ReceiptFacts facts)
    {
        var json = Begin();
        json.WriteNumber("v"u8, 1);
        json.WriteString("kind"u8, facts.PrincipalKind);
        json.WriteString("pseudonym"u8, facts.Pseudonym);
        json.WriteString("proof"u8, facts.Proof);
        if (facts.Assignment is { } assignment)
            json.WriteString("assignment"u8, assignment);
        if (facts.Session is { } session)
            json.WriteString("session"u8, session);
        if (facts.Engagement is { } engagement)
            json.WriteString("engagement"u8, engagement);
        if (facts.Key is { } key)
            json.WriteString("key"u8, key);
        if (!facts.Nonce.IsEmpty)
            json.WriteBase64String("nonce"u8, facts.Nonce.Span);
        if (!facts.Signature.IsEmpty)
            json.WriteBase64String("signature"u8, facts.Signature.Span);
        return End(json);
    }

    /// <summary>Canonical bytes of the leaf: the ledger's entry.</summary>
    /// <param name="sequence">From 0; the leaf's index.</param>
    /// <param name="time">Kept to the microsecond, in UTC.</param>
    /// <param name="salt">32 bytes, see <see cref="Salt"/>.</param>
    public static byte[] WriteLeaf(
        long sequence, DateTimeOffset time, string act, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> what, ReadOnlySpan<byte> who)
    {
        RequireSalt(salt, nameof(salt));
        Span<byte> commitment = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var json = Begin();
        json.WriteNumber("v"u8, 1);
        json.WriteNumber("seq"u8, sequence);
        WriteTime(json, "time"u8, time);
        json.WriteString("act"u8, act);
        Commit(salt, WhatLabel, what, commitment);
        json.WriteBase64String("what"u8, commitment);
        Commit(salt, WhoLabel, who, commitment);
        json.WriteBase64String("who"u8, commitment);
        return End(json);
    }

    /// <summary>Checks that a leaf is in its canonical spelling and commits to exactly these parts.</summary>
    /// <param name="salt">32 bytes; anything else verifies nothing.</param>
    public static bool Verify(ReadOnlySpan<byte> leaf, ReadOnlySpan<byte> what, ReadOnlySpan<byte> who, ReadOnlySpan<byte> salt) =>
        salt.Length == SaltBytes
        && ReceiptReader.TryReadLeaf(leaf, out var facts)
        && leaf.SequenceEqual(WriteLeaf(facts.Sequence, facts.Time, facts.Act, salt, what, who));

    /// <summary>Reads the two parts back.</summary>
    /// <exception cref="FormatException">A part is not in its canonical spelling.</exception>
    public static ReceiptFacts Parse(ReadOnlySpan<byte> what, ReadOnlySpan<byte> who) => ReceiptReader.Read(what, who);

    /// <summary>Reads what a leaf holds in clear, without checking its commitments.</summary>
    /// <returns>False where it is not a leaf of this format.</returns>
    public static bool TryParseLeaf(ReadOnlySpan<byte> leaf, out LeafFacts facts) => ReceiptReader.TryReadLeaf(leaf, out facts);

    private static void WriteRecords(Utf8JsonWriter json, IReadOnlyList<ReceiptLine> records)
    {
        json.WriteStartArray("records"u8);
        for (var i = 0; i < records.Count; i++)
        {
            var record = records[i];
            json.WriteStartArray();
            json.WriteStringValue(record.Kind);
            json.WriteStringValue(record.Id);
            json.WriteNumberValue(record.Version);
            json.WriteBase64StringValue(record.ContentId.Span);
            json.WriteNumberValue(record.Bytes);
            json.WriteBooleanValue(record.Again);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void WriteAsked(Utf8JsonWriter json, IReadOnlyList<Guid> asked)
    {
        json.WriteStartArray("asked"u8);
        for (var i = 0; i < asked.Count; i++)
            json.WriteStringValue(asked[i]);
        json.WriteEndArray();
    }

    private static void WriteSuspension(Utf8JsonWriter json, SuspensionFacts suspension)
    {
        json.WriteStartObject("suspension"u8);
        json.WriteString("id"u8, suspension.Id);
        json.WriteString("scope"u8, suspension.Scope);
        json.WriteString("scopeId"u8, suspension.ScopeId);
        json.WriteString("reason"u8, suspension.Reason);
        if (suspension.Until is { } until)
            WriteTime(json, "until"u8, until);
        if (suspension.LastDisclosure is { } last)
            json.WriteNumber("lastDisclosure"u8, last);
        if (suspension.Drill)
            json.WriteBoolean("drill"u8, true);
        json.WriteEndObject();
    }

    private static void WriteParticulars(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, string>> particulars)
    {
        json.WriteStartObject("particulars"u8);
        foreach (var (name, value) in particulars.OrderBy(particular => particular.Key, StringComparer.Ordinal))
            json.WriteString(name, value);
        json.WriteEndObject();
    }

    // 2026-11-22T10:00:00.123456Z, always 27 bytes.
    private static void WriteTime(Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset time)
    {
        Span<byte> text = stackalloc byte[28];
        Utf8Formatter.TryFormat(time.UtcDateTime, text, out _, 'O');
        text[26] = (byte)'Z';
        json.WriteString(name, text[..27]);
    }

    private static void Commit(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> label, ReadOnlySpan<byte> part, Span<byte> commitment)
    {
        var length = label.Length + part.Length;
        var rented = length > 1024 ? ArrayPool<byte>.Shared.Rent(length) : null;
        var message = rented is null ? stackalloc byte[1024] : rented;
        label.CopyTo(message);
        part.CopyTo(message[label.Length..]);
        HMACSHA256.HashData(salt, message[..length], commitment);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
    }

    private static void RequireSalt(ReadOnlySpan<byte> salt, string name)
    {
        if (salt.Length != SaltBytes)
            throw new ArgumentException($"A salt is {SaltBytes} bytes, not {salt.Length}.", name);
    }

    private static Utf8JsonWriter Begin()
    {
        pen ??= new Pen();
        pen.Buffer.ResetWrittenCount();
        pen.Json.Reset(pen.Buffer);
        pen.Json.WriteStartObject();
        return pen.Json;
    }

    private static byte[] End(Utf8JsonWriter json)
    {
        json.WriteEndObject();
        json.Flush();
        var written = pen!.Buffer.WrittenSpan;
        return written.Length <= MaxBytes
            ? written.ToArray()
            : throw new InvalidOperationException($"A part of a receipt is at most {MaxBytes} bytes; this one has {written.Length}.");
    }

    // One writer and buffer per thread: receipts are written on every disclosure, and never across an await.
    private sealed class Pen
    {
        public Pen() => Json = new Utf8JsonWriter(Buffer, Options);

        public ArrayBufferWriter<byte> Buffer { get; } = new(2048);

        public Utf8JsonWriter Json { get; }
    }
}

/// <summary>What a leaf holds in clear.</summary>
/// <param name="Time">UTC, to the microsecond.</param>
public readonly record struct LeafFacts(long Sequence, DateTimeOffset Time, string Act);
