using System.Net;
using System.Net.Http.Json;
using Cofferdam.Server.Tests;
using Cofferdam.Workforce.Access;
using Cofferdam.Workforce.Pay.Entries;
using Cofferdam.Workforce.Pay.Rates;

namespace Cofferdam.Workforce.Tests.Pay;

/// <summary>A vendor with an owner, payroll and the expert Ada in Berlin, who works for 1.00 a piece and 20.30 an hour.</summary>
internal sealed class Desk : IAsyncDisposable
{
    private readonly Guid engagement = Guid.CreateVersion7();
    private long events;

    private Desk(RunningVendor vendor, Browser owner, Browser payroll, Browser ada, Guid adaId)
    {
        (Vendor, Owner, Payroll, Ada, AdaId) = (vendor, owner, payroll, ada, adaId);
    }

    public RunningVendor Vendor { get; }
    public Browser Owner { get; }
    public Browser Payroll { get; }
    public Browser Ada { get; }
    public Guid AdaId { get; }
    public DateTimeOffset Now => Vendor.Clock.GetUtcNow();

    public static async Task<Desk> StartAsync(string database)
    {
        // These tests wait for clocks of days.
        var vendor = await RunningVendor.StartAsync(database, options => options with { SignIn = options.SignIn with { SessionLifetime = TimeSpan.FromDays(100) } });
        var owner = await vendor.OwnerAsync();
        var payroll = await vendor.JoinAsync(VendorRole.Payroll, "pam");
        var ada = await vendor.JoinAsync(VendorRole.Expert, "ada");
        (await ada.SendAsync(HttpMethod.Put, "/api/me/pay/where", JsonContent.Create(new { zone = "Europe/Berlin", place = "DE" }))).Must(HttpStatusCode.NoContent);
        var desk = new Desk(vendor, owner, payroll, ada, await vendor.PersonAsync("ada"));
        var rate = new { each = 100, hour = 2_030 };
        (await owner.PostAsync($"/api/desk/pay/rates/{desk.engagement}", new
        {
            currency = "EUR",
            rates = new { task = rate, review = rate, reading = rate, qualification = rate, question = rate, rework = rate },
        })).Must(HttpStatusCode.Created);
        return desk;
    }

    /// <summary>Ada does tasks that take so many seconds each.</summary>
    public Task WorkAsync(long[] seconds) => WorkAsync(AdaId, seconds);

    public async Task WorkAsync(Guid expert, long[] seconds)
    {
        List<PayableEvent> done = [];
        foreach (var each in seconds)
        {
            var assignment = Guid.CreateVersion7();
            done.Add(new PayableEvent(engagement, ++events, expert, assignment, WorkStep.Taken, PaidKind.Task, 0, Now));
            done.Add(new PayableEvent(engagement, ++events, expert, assignment, WorkStep.Done, PaidKind.Task, each, Now));
        }

        (await Vendor.TakeAsync(done)).Entries.ShouldBe(seconds.Length);
    }

    public async ValueTask DisposeAsync()
    {
        Owner.Dispose();
        Payroll.Dispose();
        Ada.Dispose();
        await Vendor.DisposeAsync();
    }
}
