using System.Net;
using Cofferdam.Ledger;
using Cofferdam.TestKit;
using Cofferdam.Vault.Contract;
using Xunit;

namespace Cofferdam.Vault.Tests;

/// <summary>Promise 4: what others have seen of the log binds the node.</summary>
public sealed class LogWitnessTests : IDisposable
{
    private readonly FakeWitness witness = new();
    private readonly ImpatientClock clock = new();
    private readonly string policy = Path.GetTempFileName();

    public static TheoryData<string> Databases => TestStore.Databases;

    public void Dispose()
    {
        witness.Dispose();
        File.Delete(policy);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Publish_WithAWitness_PutsItsSignatureBesideTheLogs(string database)
    {
        await using var fixture = await CreateAsync(database);
        await fixture.OpenAsync(await fixture.SealAsync("text"));

        var state = await WitnessedAsync(fixture);

        state.Quorum.ShouldBeTrue();
        var told = state.Witnesses.ShouldHaveSingleItem();
        (told.Name, told.Size, told.Trouble).ShouldBe(("w", state.Checkpoint!.Size, null));
        var own = (await fixture.Vault.LogFileAsync(fixture.Lab, "policy")).ShouldNotBeNull();
        WitnessPolicy.TryParse(own.Span, out var asked, out _).ShouldBeTrue();
        asked!.Open(state.Checkpoint.Note.Span).ShouldBeOfType<PolicyOpening.Satisfied>().Cosigned.ShouldBe(["w"]);
        (await fixture.VerifyLogAsync()).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Publish_WitnessFailsForAWhile_IsNotHeldUpAndWitnessedLater()
    {
        await using var fixture = await CreateAsync("sqlite");
        await WitnessedAsync(fixture);
        witness.IsDown = true;
        await fixture.SealAsync("text");
        var state = await fixture.PublishedAsync();
        await fixture.UntilAsync(log => log.Witnesses[0].State.Trouble is not null);
        (await fixture.Vault.LogAsync(fixture.Lab)).Quorum.ShouldBeFalse();
        state.Standing.ShouldBe(LogStanding.Sound);

        witness.Refusals.AddRange([HttpStatusCode.InternalServerError, HttpStatusCode.Conflict, HttpStatusCode.NotFound]);
        witness.IsDown = false;

        (await WitnessedAsync(fixture)).Quorum.ShouldBeTrue();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Start_NoWitnessAnswers_OpensNothingUntilOneDoes(string database)
    {
        await using var fixture = await CreateAsync(database);
        var item = await fixture.SealAsync("text");
        await WitnessedAsync(fixture);
        var before = await fixture.Vault.HeadAsync(fixture.Lab);
        witness.IsDown = true;

        await fixture.ReopenAsync();

        (await fixture.Vault.LogAsync(fixture.Lab)).Standing.ShouldBe(LogStanding.Unheard);
        (await Should.ThrowAsync<VaultUnavailableException>(async () => await fixture.OpenAsync(item))).Trouble.ShouldBe(VaultTrouble.Ledger);
        (await fixture.Vault.HeadAsync(fixture.Lab)).Size.ShouldBe(before.Size + 1, "the stop before, and nothing since");
        witness.IsDown = false;
        await fixture.UntilAsync(log => log.Log.Standing == LogStanding.Sound);
        (await fixture.OpenAsync(item)).ShouldBeOfType<OpenOutcome.Opened>();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Start_StoreAndFolderOlderThanAWitnessKnows_OpensAndSignsNothing(string database)
    {
        await using var fixture = await CreateAsync(database);
        var item = await fixture.SealAsync("text");
        await WitnessedAsync(fixture);
        var earlier = await fixture.RememberAsync();
        await fixture.OpenAsync(item);
        await WitnessedAsync(fixture);
        await fixture.CloseAsync();
        await fixture.RestoreAsync(earlier);
        Directory.Delete(fixture.LogFolder, recursive: true);

        await fixture.ReopenAsync();

        (await fixture.Vault.LogAsync(fixture.Lab)).Standing.ShouldBe(LogStanding.Behind);
        (await Should.ThrowAsync<VaultUnavailableException>(async () => await fixture.OpenAsync(item))).Message.ShouldContain("ledger recover");
        (await fixture.Vault.HeadAsync(fixture.Lab)).Size.ShouldBe(earlier.Size);
        File.Exists(Path.Combine(fixture.LogFolder, "checkpoint")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("sqlite", false)]
    [InlineData("sqlite", true)]
    [InlineData("postgres", false)]
    public async Task Fork_ShownToAWitness_IsNeverCosigned(string database, bool longer)
    {
        await using var fixture = await CreateAsync(database);
        var item = await fixture.SealAsync("text");
        var earlier = await fixture.RememberAsync();
        await fixture.OpenAsync(item);
        var seen = (await WitnessedAsync(fixture)).Checkpoint!;
        await fixture.CloseAsync();
        var remembered = witness.Remembered("cofferdam.localhost/ledger/lab").ShouldNotBeNull();
        remembered.Size.ShouldBeGreaterThanOrEqualTo(seen.Size);

        // A restored store, and a witness that says what it knows only when it is shown the other branch.
        await fixture.RestoreAsync(earlier);
        Directory.Delete(fixture.LogFolder, recursive: true);
        witness.IsSilent = true;
        await fixture.ReopenAsync();
        try
        {
            for (var i = 0; i < (longer ? 20 : 0); i++)
                await fixture.SealAsync("the other branch");
        }
        catch (VaultUnavailableException)
        {
            // The witness was asked in between, and knows more.
        }

        await fixture.UntilAsync(log => log.Log.Standing != LogStanding.Sound || log.Witnesses[0].State.Trouble is not null and not "not asked yet");

        witness.Remembered("cofferdam.localhost/ledger/lab")!.IsSameTreeAs(remembered).ShouldBeTrue();
        witness.IsSilent = false;
        await fixture.ReopenAsync();
        (await fixture.Vault.LogAsync(fixture.Lab)).Standing.ShouldBeOneOf(LogStanding.Behind, LogStanding.Forked);
        await Should.ThrowAsync<VaultUnavailableException>(async () => await fixture.OpenAsync(item));
    }

    private async Task<VaultFixture> CreateAsync(string database)
    {
        await File.WriteAllTextAsync(policy, witness.Policy, TestContext.Current.CancellationToken);
        return await VaultFixture.CreateAsync(database, configure: options => options with { Time = clock, WitnessHttp = witness, WitnessPolicy = policy });
    }

    private static async Task<LogState> WitnessedAsync(VaultFixture fixture)
    {
        var head = (await fixture.PublishedAsync()).Checkpoint!.Size;
        await fixture.UntilAsync(log => log.Witnesses[0].State is { Trouble: null } state && state.Size >= head && log.IsQuorum());
        return await fixture.Vault.LogAsync(fixture.Lab);
    }
}
