using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Wire.Tests;

/// <summary>
/// Random and mutated frames, from a seed that is printed. COFFERDAM_FUZZ=1000000 runs that many; COFFERDAM_FUZZ_SEED
/// repeats a run.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed class FuzzTests
{
    private const string Secret = "a secret of the lab";

    private static int Rounds(int usual) => int.TryParse(Environment.GetEnvironmentVariable("COFFERDAM_FUZZ"), out var asked) ? asked : usual;

    private static Random Seeded()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("COFFERDAM_FUZZ_SEED"), out var asked) ? asked : 20_260_304;
        TestContext.Current.TestOutputHelper?.WriteLine($"COFFERDAM_FUZZ_SEED={seed}");
        return new Random(seed);
    }

    [Fact]
    public void Parse_AnyBytes_GivesAFrameOfThoseBytesOrRefuses()
    {
        var random = Seeded();
        var whole = new Frame(7, 14, new byte[40], [new byte[5], default, new byte[300]]);
        var valid = ListeningFrame(whole);
        var parsed = 0;
        for (var i = 0; i < Rounds(100_000); i++)
        {
            var bytes = random.Next(4) == 0 ? Noise(random, 64) : Mutated(random, valid);
            try
            {
                var frame = Frame.Parse(bytes);
                // Nothing is made up: header and attachments are the bytes, in order.
                frame.Length.ShouldBe(bytes.Length);
                parsed++;
            }
            catch (WireException)
            {
                // Refused.
            }
        }

        parsed.ShouldBePositive();
    }

    [Fact]
    public async Task Listener_AnyBytes_HandsOutNothingWithoutAReceiptAndServesOn()
    {
        await using var vault = await ListeningVault.StartAsync();
        await using var client = await vault.ConnectAsync();
        var random = Seeded();
        var hello = ListeningVault.Bytes(Verb.Hello, new Hello(1, Guid.NewGuid(), ListeningVault.Caller));
        byte[][] requests =
        [
            ListeningVault.Bytes(Verb.Open, vault.Asking),
            ListeningVault.Bytes(Verb.Receipts, new ReceiptQuery(vault.Lab)),
            ListeningVault.Bytes(Verb.Ledger, new ReceiptCall(vault.Lab, 0)),
            ListeningVault.Bytes(Verb.Seal, new SealRequest(vault.Lab, vault.Project, Principal.Service, [new SealItem(RecordKind.Item, RecordId.New(), default)])),
        ];
        var unseals = (await client.FiguresAsync()).Unseals;
        var before = await DisclosedAsync(vault, client);

        for (var i = 0; i < Rounds(1_500); i++)
        {
            using var socket = await vault.DialAsync();
            var greeting = random.Next(4);
            try
            {
                if (greeting > 0)
                    await socket.SendAsync(greeting > 1 ? hello : Mutated(random, hello));
                for (var sent = random.Next(4); sent >= 0; sent--)
                    await socket.SendAsync(random.Next(5) == 0 ? Noise(random, 200) : Mutated(random, requests[random.Next(requests.Length)]));
                socket.Shutdown(SocketShutdown.Send);
            }
            catch (SocketException)
            {
                // It has hung up already.
            }

            var answers = await ListeningVault.DrainAsync(socket);
            if (greeting == 0)
                answers.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Secret)).ShouldBe(-1);
        }

        // What came through as a request is a request, and has its receipt like any other.
        ((await client.FiguresAsync()).Unseals - unseals).ShouldBe(await DisclosedAsync(vault, client) - before);
        (await client.OpenAsync(vault.Asking)).ShouldBeOfType<OpenOutcome.Opened>();
        GC.GetTotalMemory(forceFullCollection: true).ShouldBeLessThan(200L << 20, "a length that is claimed is not memory that is taken");
    }

    private static async Task<long> DisclosedAsync(ListeningVault vault, VaultClient client)
    {
        long records = 0;
        await foreach (var receipt in client.LedgerAsync(vault.Lab))
            records += receipt.Act is Act.Open or Act.Export or Act.Send ? receipt.Records.Count : 0;
        return records;
    }

    private static byte[] ListeningFrame(Frame frame)
    {
        using var bytes = new MemoryStream();
        var start = new byte[17 + frame.Header.Length];
        frame.WriteStart(start);
        bytes.Write(start.AsSpan(sizeof(uint)));
        foreach (var attachment in frame.Attachments)
        {
            bytes.Write([0, 0, (byte)(attachment.Length >> 8), (byte)attachment.Length]);
            bytes.Write(attachment.Span);
        }

        return bytes.ToArray();
    }

    private static byte[] Noise(Random random, int most)
    {
        var bytes = new byte[random.Next(1, most)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Mutated(Random random, byte[] from)
    {
        var bytes = from.ToList();
        for (var changes = random.Next(4); changes >= 0; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                case 3 when bytes.Count > 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at));
                    if (bytes.Count == 0)
                        bytes.Add(0);
                    break;
                default:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(20, bytes.Count - at)));
                    break;
            }
        }

        return [.. bytes];
    }
}
