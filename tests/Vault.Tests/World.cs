using Cofferdam.TestKit;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Tests;

/// <summary>A lab with an item, a vendor, and one expert of the vendor's with an enrolled browser.</summary>
internal sealed class World : IAsyncDisposable
{
    public required VaultFixture Fixture { get; init; }

    public required ManualClock Clock { get; init; }

    public required VendorNode Vendor { get; init; }

    public required string Subject { get; init; }

    public required Browser Browser { get; init; }

    public required RecordRef Item { get; init; }

    /// <summary>A nonce of the browser's from the beginning.</summary>
    public required ReadOnlyMemory<byte> Spare { get; init; }

    public IVault Vault => Fixture.Vault;

    public static async Task<World> CreateAsync(string database)
    {
        var clock = new ManualClock();
        var fixture = await VaultFixture.CreateAsync(database, time: clock);
        var vendor = new VendorNode(fixture, clock);
        await vendor.SetTermsAsync();
        var subject = VendorNode.NewSubject();
        var browser = await vendor.EnrolAsync(subject);
        return new World
        {
            Fixture = fixture,
            Clock = clock,
            Vendor = vendor,
            Subject = subject,
            Browser = browser,
            Item = await fixture.SealAsync("an item"),
            Spare = (await fixture.Vault.NoncesAsync(fixture.Lab, browser.Id, 1))[0],
        };
    }

    public OpenRequest Asking(RecordRef record, Guid? assignment = null) =>
        new(Fixture.Lab, Fixture.Project, Vendor.Of(Subject), Act.Open, Purpose.Task, [record], assignment);

    public async Task RefusedAsync(OpenRequest request, IVault? door = null) =>
        (await (door ?? Vault).OpenAsync(request)).ShouldBeOfType<OpenOutcome.Refused>().Reason.ShouldBe(RefusalReason.NotAttested);

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        Vendor.Dispose();
        await Fixture.DisposeAsync();
    }
}
