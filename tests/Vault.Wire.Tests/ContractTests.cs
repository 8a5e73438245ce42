using System.Net.Sockets;
using System.Text.Json;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Wire.Tests;

/// <summary>Every method of the contract, those of later releases too: what is asked arrives, and what is answered comes back.</summary>
public sealed class ContractTests
{
    public static TheoryData<string> Methods { get; } = [.. typeof(IVault).GetMethods().Where(method => !method.IsSpecialName).Select(method => method.Name)];

    [Theory, MemberData(nameof(Methods))]
    public async Task Method_OverTheSocket_TakesArgumentsAndAnswersAsTheyAre(string name)
    {
        var method = typeof(IVault).GetMethod(name)!;
        var arguments = method.GetParameters().Select(parameter => Samples.Of(parameter.ParameterType)[0]).ToArray();
        foreach (var answer in AnswersOf(method.ReturnType))
        {
            var asked = new List<object?[]>();
            await using var pair = await Pair.OpenAsync(ScriptedVault.Create((_, given) =>
            {
                asked.Add(given);
                // The next page of a ledger begins where it is asked to.
                return answer is ReceiptEntry[] all && given[1] is long and < long.MaxValue and var from ? all.Where(receipt => receipt.Sequence >= from).ToArray() : answer;
            }));

            var answered = await ScriptedVault.ResultAsync(method.Invoke(pair.Client, arguments)!);

            Json(answered).ShouldBe(Json(answer));
            asked.ShouldNotBeEmpty();
            // Cancellation is not passed on, and a later page is asked for from where it begins.
            Json(asked[0][..^1]).ShouldBe(Json(arguments[..^1]));
        }
    }

    [Fact]
    public async Task Open_LargerThanAFrame_ComesBackWhole()
    {
        var records = Enumerable.Range(0, 9).Select(i => new OpenedRecord(RecordId.New(), i, Filled(IVault.MaxRecordBytes, (byte)i))).ToArray();
        await using var pair = await Pair.OpenAsync(ScriptedVault.Create((_, _) => new OpenOutcome.Opened(3, records)));

        var opened = (await pair.Client.OpenAsync((OpenRequest)Samples.Of(typeof(OpenRequest))[0]!)).ShouldBeOfType<OpenOutcome.Opened>();

        opened.Records.Count.ShouldBe(9);
        for (var i = 0; i < 9; i++)
            opened.Records[i].Plaintext.Span.SequenceEqual(records[i].Plaintext.Span).ShouldBeTrue();
    }

    [Fact]
    public async Task Seal_LargerThanAFrame_IsRefusedBeforeItIsSent()
    {
        await using var pair = await Pair.OpenAsync(ScriptedVault.Create((_, _) => throw new InvalidOperationException("not to be asked")));
        var large = new SealItem(RecordKind.Image, RecordId.New(), new byte[IVault.MaxRecordBytes]);

        await Should.ThrowAsync<ArgumentException>(() => pair.Client.SealAsync(new SealRequest(new LabId(Guid.NewGuid()), ProjectId.None, Principal.Service, [large, large, large, large])));
    }

    private static byte[] Filled(int length, byte value)
    {
        var bytes = new byte[length];
        Array.Fill(bytes, value);
        return bytes;
    }

    private static object?[] AnswersOf(Type type)
    {
        if (type == typeof(Task))
            return [null];
        return Samples.Of(type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>) ? type : type.GetGenericArguments()[0]);
    }

    // By run-time type, so that the cases of an outcome differ.
    private static string Json(object? value) => JsonSerializer.Serialize(value, value?.GetType() ?? typeof(object));

    /// <summary>A client and a vault that answers as it is told, over a real socket.</summary>
    private sealed class Pair(Socket listening, VaultClient client, string folder) : IAsyncDisposable
    {
        public VaultClient Client => client;

        public static async Task<Pair> OpenAsync(IVault vault)
        {
            var folder = Directory.CreateTempSubdirectory("cofferdam-wire-").FullName;
            var path = Path.Combine(folder, "vault.sock");
            var listening = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            listening.Bind(new UnixDomainSocketEndPoint(path));
            listening.Listen();
            _ = AcceptAsync(listening, vault);
            return new Pair(listening, await VaultClient.ConnectAsync(path, new CallerProcess("test", null, "host")), folder);
        }

        public async ValueTask DisposeAsync()
        {
            await client.DisposeAsync();
            listening.Dispose();
            Directory.Delete(folder, recursive: true);
        }

        private static async Task AcceptAsync(Socket listening, IVault vault)
        {
            try
            {
                while (true)
                    _ = ServeAsync(await listening.AcceptAsync(), vault);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        }

        private static async Task ServeAsync(Socket socket, IVault vault)
        {
            var reader = new FrameReader(socket);
            var writer = new FrameWriter(socket);
            while (await reader.ReadAsync(CancellationToken.None) is { } frame)
            {
                var answer = frame.Kind == (byte)Verb.Hello
                    ? Answer.Of(new VaultIdentity(Guid.NewGuid(), Guid.NewGuid(), OwnProcess: true, EvaluationMode: true))
                    : await VaultVerbs.AnswerAsync(vault, frame);
                foreach (var part in answer.Frames(frame.Id))
                    writer.Add(part);
            }
        }
    }
}
