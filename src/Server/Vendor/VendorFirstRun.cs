using System.Text.RegularExpressions;
using Cofferdam.Server.Hardening;
using Cofferdam.Server.SignIn;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Workforce.Access;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Server.Vendor;

/// <summary>Makes the vendor that the node was told to be, before the first request is taken.</summary>
internal sealed partial class VendorFirstRun(IServiceScopeFactory scopes, IVault vault, Store store, NodeSecrets secrets, NodeOptions options, TimeProvider time)
    : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!Slug().IsMatch(options.Vendor))
            throw new StartupException($"'{options.Vendor}' cannot be a vendor's name in addresses: 1 to 40 of a-z, 0-9 and '-'.");
        await secrets.PrepareAsync(cancellationToken);
        await using var connection = await store.OpenAsync(cancellationToken);
        await using var find = connection.Command("SELECT id, slug FROM vendor");
        (Guid Id, string Slug)? known = null;
        await using (var found = await find.ExecuteReaderAsync(cancellationToken))
        {
            if (await found.ReadAsync(cancellationToken))
                known = (found.Id(0), found.GetString(1));
        }

        if (known is { } named && named.Slug != options.Vendor)
            throw new StartupException($"This node is the vendor '{named.Slug}'; its name stays. Start it with --vendor {named.Slug}.");
        var vendor = known?.Id ?? Guid.CreateVersion7(time.GetUtcNow());
        // The key first: a vendor without one must not be met.
        await vault.CreateLabAsync(new LabId(vendor), options.Vendor, cancellationToken);
        if (known is not null)
            return;
        await using var add = connection.Command(
            "INSERT INTO vendor (id, slug, created_at) VALUES (@id, @slug, @now)", ("@id", vendor), ("@slug", options.Vendor), ("@now", time.GetUtcNow()));
        await add.ExecuteNonQueryAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A fresh link where the vendor has no owner yet. Links made at earlier starts end with it.</summary>
    /// <returns>The link by the vendor's slug.</returns>
    public async Task<IReadOnlyDictionary<string, string>> OwnerLinksAsync(string origin, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        var links = new Dictionary<string, string>(StringComparer.Ordinal);
        if (await db.People.AnyAsync(person => person.Role == VendorRole.Owner, cancellation))
            return links;
        var now = time.GetUtcNow();
        await db.Set<Invitation>()
            .Where(row => row.Role == (byte)VendorRole.Owner && row.UsedAt == null && row.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.RevokedAt, now), cancellation);
        var vendor = await db.Vendors.SingleAsync(cancellation);
        var enrolment = scope.ServiceProvider.GetRequiredService<Enrolment>();
        links[vendor.Slug] = EnrolmentLink.For(origin, enrolment.Invite(vendor.Id, (byte)VendorRole.Owner, by: null).Token);
        await db.SaveChangesAsync(cancellation);
        return links;
    }

    [GeneratedRegex("^[a-z0-9-]{1,40}$")]
    private static partial Regex Slug();
}
