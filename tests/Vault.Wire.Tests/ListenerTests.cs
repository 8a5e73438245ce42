using System.Runtime.Versioning;
using System.Text;
using Cofferdam.Vault.Contract;
using Cofferdam.VaultHost;

namespace Cofferdam.Vault.Wire.Tests;

/// <summary>Who is let in, and what is done with who breaks the protocol.</summary>
[SupportedOSPlatform("linux")]
public sealed class ListenerTests
{
    [Fact]
    public async Task Connect_UserNotAllowed_IsNotLetIn()
    {
        await using var vault = await ListeningVault.StartAsync(options => options with { AllowedUsers = [uint.MaxValue - 1] });

        (await Should.ThrowAsync<VaultUnavailableException>(vault.ConnectAsync)).Trouble.ShouldBe(VaultTrouble.Connection);

        vault.Said.ShouldContain(line => line.Contains("--allow-user", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Request_WithoutHello_ClosesTheConnection()
    {
        await using var vault = await ListeningVault.StartAsync();
        using var socket = await vault.DialAsync();

        await socket.SendAsync(ListeningVault.Bytes(Verb.Open, vault.Asking));

        (await ListeningVault.DrainAsync(socket)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(255, "{}")]
    [InlineData((int)Verb.Hello, "{}")]
    [InlineData((int)Verb.Open, "{}")]
    [InlineData((int)Verb.Open, "{\"lab\":\"a secret of a person\"}")]
    [InlineData((int)Verb.Figures, "{\"unknown\":1}")]
    public async Task Request_NotAsAgreed_ClosesTheConnectionAndRepeatsNothing(int verb, string header)
    {
        await using var vault = await ListeningVault.StartAsync();
        using var socket = await vault.DialAndGreetAsync();
        var frame = new Frame(7, (byte)verb, Encoding.UTF8.GetBytes(header), []);
        var bytes = new byte[sizeof(uint) + frame.Length];
        frame.WriteStart(bytes);

        await socket.SendAsync(bytes);

        (await ListeningVault.DrainAsync(socket)).ShouldBeEmpty();
        var said = vault.Said.ShouldHaveSingleItem();
        said.ShouldNotContain("secret");
        await using var other = await vault.ConnectAsync();
        (await other.OpenAsync(vault.Asking)).ShouldBeOfType<OpenOutcome.Opened>();
    }

    [Fact]
    public async Task Frame_LongerThanAllowed_ClosesTheConnectionBeforeItIsRead()
    {
        await using var vault = await ListeningVault.StartAsync();
        using var greeted = await vault.DialAndGreetAsync();
        using var fresh = await vault.DialAsync();

        await greeted.SendAsync(new byte[] { 4, 0, 0, 1, 0 });
        await fresh.SendAsync(new byte[] { 0, 0, 16, 1, 0 });

        (await ListeningVault.DrainAsync(greeted)).ShouldBeEmpty();
        (await ListeningVault.DrainAsync(fresh)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Requests_MoreThanOneProcessMay_AreRefusedPolitely()
    {
        await using var vault = await ListeningVault.StartAsync(options => options with { RequestsPerProcess = 1 });
        using var socket = await vault.DialAndGreetAsync();
        const int asked = 200;
        var requests = Enumerable.Range(0, asked).SelectMany(i => ListeningVault.Bytes(Verb.Open, vault.Asking, (ulong)i)).ToArray();

        await socket.SendAsync(requests);

        var reader = new FrameReader(socket);
        var kinds = new List<AnswerKind>();
        for (var i = 0; i < asked; i++)
            kinds.Add((AnswerKind)(await reader.ReadAsync(TestContext.Current.CancellationToken)).ShouldNotBeNull().Kind);
        kinds.ShouldContain(AnswerKind.Done);
        kinds.ShouldContain(AnswerKind.Unavailable);
        kinds.Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task Hello_OfOneInstanceTwice_IsOneProcessUntilItsLastConnectionEnds()
    {
        await using var vault = await ListeningVault.StartAsync();
        var instance = Guid.NewGuid();
        using (await vault.DialAndGreetAsync(instance))
        {
            using (await vault.DialAndGreetAsync(instance))
            {
                // Both at once.
            }
        }

        await using var client = await vault.ConnectAsync();
        int Count(IReadOnlyList<ReceiptEntry> receipts, Act act) => receipts.Count(receipt => receipt.Act == act);
        IReadOnlyList<ReceiptEntry> all;
        do
        {
            all = await client.ReceiptsAsync(new ReceiptQuery(vault.Lab, Acts: [Act.Start, Act.Stop]));
        }
        while (Count(all, Act.Stop) < 2);
        // The one that sealed had no ledger of this lab to start in; then this instance, then the client.
        (Count(all, Act.Start), Count(all, Act.Stop)).ShouldBe((2, 2));
    }

    [Fact]
    public async Task Hello_NamingAnotherHost_SpendsTheBudgetOfThisMachine()
    {
        await using var vault = await ListeningVault.StartAsync();

        foreach (var host in new[] { "one", "another" })
        {
            await using var client = await VaultClient.ConnectAsync(vault.Options.Socket, ListeningVault.Caller with { Host = host });
            (await client.OpenAsync(vault.Asking with { Principal = Principal.Person(Guid.NewGuid()) })).ShouldBeOfType<OpenOutcome.Opened>();
        }

        await using var asking = await vault.ConnectAsync();
        var spent = (await asking.BudgetsAsync(vault.Lab)).Where(use => use.Kind == BudgetKind.Host).ShouldHaveSingleItem();
        (spent.Name, spent.Hour).ShouldBe((Environment.MachineName, 2));
    }

    [Fact]
    public async Task Start_FolderOpenToOthers_IsRefused()
    {
        await using var vault = await ListeningVault.StartAsync();
        var folder = Path.Combine(Path.GetDirectoryName(vault.Options.Socket)!, "open");
        Directory.CreateDirectory(folder);
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_101);

        Should.Throw<VaultStartException>(() => SocketFile.Listen(Path.Combine(folder, "vault.sock"))).Message.ShouldContain("0750");
    }

    [Fact]
    public async Task Start_WhereAVaultListens_IsRefused()
    {
        await using var vault = await ListeningVault.StartAsync();

        Should.Throw<VaultStartException>(() => SocketFile.Listen(vault.Options.Socket)).Message.ShouldContain("Another vault");

        File.GetUnixFileMode(vault.Options.Socket).ShouldBe((UnixFileMode)0b110_110_000);
    }
}
