using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Cofferdam.Sealing;

namespace Cofferdam.Bench;

/// <summary>What the format of sealed records costs beyond the primitives that it cannot do without. One thread.</summary>
internal static class SealBench
{
    private const int Chunk = 16 * 1024;
    private const int Tag = 16;
    private const int Short = 1024;
    private const int Long = 1024 * 1024;

    // Short rounds, taken in turns: what else the machine does falls on both sides.
    private const double RoundSeconds = 0.15;
    private const int Rounds = 21;

    public static async Task<int> RunAsync(Options options)
    {
        var rounds = Math.Max(Rounds, options.Rounds);
        var small = Compare("1 KiB", rounds, new Bare(Short).RecordSealedAndOpened, SealedAndOpened(Short));
        var large = Compare("1 MiB", rounds, new Bare(Long).ChunksSealedAndOpened, InOwnMemory(Long));
        var openssl = await OpenSslBytesPerSecondAsync();
        var result = new
        {
            name = "seal",
            ratio_1k = small.Ratio,
            ratio_1m = large.Ratio,
            per_second_1k = Math.Round(small.Ours),
            bare_per_second_1k = Math.Round(small.Bare),
            mb_per_second_1m = Megabytes(large.Ours * 2 * Long),
            bare_mb_per_second_1m = Megabytes(large.Bare * 2 * Long),
            openssl_mb_per_second = openssl is null ? (double?)null : Megabytes(openssl.Value),
            ratio_1m_to_openssl = openssl is null ? (double?)null : Math.Round(large.Ours * 2 * Long / openssl.Value, 3),
            rounds,
            processors = Environment.ProcessorCount,
        };
        Console.WriteLine(JsonSerializer.Serialize(result, options.Json ? ImportBench.OneLine : ImportBench.ForReading));
        return 0;
    }

    private static (double Ratio, double Ours, double Bare) Compare(string what, int rounds, Action bare, Action ours)
    {
        for (var i = 0; i < 200; i++)
        {
            bare();
            ours();
        }

        var (ratios, oursPerSecond, barePerSecond) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            // Who goes first changes, for the machine may slow down or speed up within a round.
            var first = PerSecond(round % 2 == 0 ? bare : ours);
            var second = PerSecond(round % 2 == 0 ? ours : bare);
            var (b, o) = round % 2 == 0 ? (first, second) : (second, first);
            barePerSecond.Add(b);
            oursPerSecond.Add(o);
            ratios.Add(o / b);
        }

        var ratio = Math.Round(Figures.Median(ratios), 3);
        Console.Error.WriteLine($"{what}: {ratio} of the bare primitives (rounds from {ratios.Min():F2} to {ratios.Max():F2})");
        return (ratio, Figures.Median(oursPerSecond), Figures.Median(barePerSecond));
    }

    private static double PerSecond(Action work)
    {
        var begun = Stopwatch.GetTimestamp();
        var times = 0;
        do
        {
            work();
            times++;
        }
        while (Stopwatch.GetElapsedTime(begun).TotalSeconds < RoundSeconds);
        return times / Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    // As the vault does it, with arrays of their own for what comes out.
    private static Action SealedAndOpened(int length)
    {
        var context = new RecordContext(Guid.NewGuid(), Guid.NewGuid(), 1, Guid.NewGuid(), 1, Guid.NewGuid());
        var (key, plaintext) = (RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(length));
        return () =>
        {
            if (!SealedRecord.TryOpen(context, key, SealedRecord.Seal(context, key, plaintext), out _))
                throw new InvalidOperationException("A record does not open.");
        };
    }

    // In memory that is there, on both sides: new megabytes cost more than what fills them.
    private static Action InOwnMemory(int length)
    {
        var (key, plaintext, context) = (RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(length), new byte[RecordContext.Bytes]);
        var (body, opened) = (new byte[ChunkedEncryption.SealedLength(length)], new byte[length]);
        return () =>
        {
            ChunkedEncryption.Seal(key, context, plaintext, body);
            if (!ChunkedEncryption.TryOpen(key, context, body, opened))
                throw new InvalidOperationException("A message does not open.");
        };
    }

    private static double Megabytes(double bytes) => Math.Round(bytes / 1e6);

    /// <returns>Bytes per second that OpenSSL encrypts in chunks of 16 KiB; null where there is no <c>openssl</c>.</returns>
    private static async Task<double?> OpenSslBytesPerSecondAsync()
    {
        try
        {
            using var speed = Process.Start(new ProcessStartInfo("openssl", ["speed", "-mr", "-seconds", "1", "-bytes", Chunk.ToString(CultureInfo.InvariantCulture), "-evp", "aes-256-gcm"])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var errors = speed.StandardError.ReadToEndAsync();
            var lines = (await speed.StandardOutput.ReadToEndAsync()).Split('\n');
            await errors;
            await speed.WaitForExitAsync();
            // +F:number:name:bytes per second
            return lines.FirstOrDefault(line => line.StartsWith("+F:", StringComparison.Ordinal))?.Split(':') is [.., var figure]
                && double.TryParse(figure, CultureInfo.InvariantCulture, out var bytes) ? bytes : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <summary>The primitives by themselves, over bytes of the same lengths.</summary>
    private sealed class Bare(int length)
    {
        private readonly byte[] key = RandomNumberGenerator.GetBytes(32);
        private readonly byte[] plaintext = RandomNumberGenerator.GetBytes(length);
        private readonly byte[] ciphertext = new byte[length];
        private readonly byte[] opened = new byte[length];
        private readonly byte[] tags = new byte[((length / Chunk) + 1) * Tag];
        private readonly byte[] nonce = new byte[12];
        private readonly byte[] derived = new byte[2 * HMACSHA512.HashSizeInBytes];

        // What is derived from: prefix 48, salt 24, context, counter 1; the second time with the first hash before it.
        private readonly byte[] message = new byte[HMACSHA512.HashSizeInBytes + 48 + 24 + RecordContext.Bytes + 1];

        public void RecordSealedAndOpened()
        {
            Derive();
            using (var aes = new AesGcm(derived.AsSpan(0, 32), Tag))
                aes.Encrypt(nonce, plaintext, ciphertext, tags);
            Derive();
            using (var aes = new AesGcm(derived.AsSpan(0, 32), Tag))
                aes.Decrypt(nonce, ciphertext, tags, opened);
        }

        public void ChunksSealedAndOpened()
        {
            using (var aes = new AesGcm(key, Tag))
            {
                for (var at = 0; at < length; at += Chunk)
                    aes.Encrypt(nonce, plaintext.AsSpan(at, Chunk), ciphertext.AsSpan(at, Chunk), tags.AsSpan(at / Chunk * Tag, Tag));
            }

            using (var aes = new AesGcm(key, Tag))
            {
                for (var at = 0; at < length; at += Chunk)
                    aes.Decrypt(nonce, ciphertext.AsSpan(at, Chunk), tags.AsSpan(at / Chunk * Tag, Tag), opened.AsSpan(at, Chunk));
            }
        }

        private void Derive()
        {
            HMACSHA512.HashData(key, message.AsSpan(HMACSHA512.HashSizeInBytes), derived);
            HMACSHA512.HashData(key, message, derived.AsSpan(HMACSHA512.HashSizeInBytes));
        }
    }
}
