using System.Data.Common;
using System.Text.Json;
using System.Text.RegularExpressions;
using Cofferdam.Server.Hardening;
using Cofferdam.Server.SignIn;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Labs;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Server;

/// <summary>Makes the labs that the node was told to hold, before the first request is taken.</summary>
internal sealed partial class FirstRun(IServiceScopeFactory scopes, IVault vault, Store store, NodeSecrets secrets, NodeOptions options, TimeProvider time)
    : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await secrets.PrepareAsync(cancellationToken);
        // In plain SQL: to build EF's model here would double the time to the first answer.
        await using var connection = await store.OpenAsync(cancellationToken);
        foreach (var slug in options.Labs)
        {
            if (!Slug().IsMatch(slug))
                throw new StartupException($"'{slug}' cannot be a lab's name in addresses: 1 to 40 of a-z, 0-9 and '-'.");
            var known = await FindAsync(connection, slug, cancellationToken);
            var lab = known ?? Guid.CreateVersion7(time.GetUtcNow());
            // The key first: a lab without one must not be met.
            await vault.CreateLabAsync(new LabId(lab), slug, cancellationToken);
            if (known is null)
                await AddAsync(connection, lab, slug, cancellationToken);
        }
    }

    private static async Task<Guid?> FindAsync(DbConnection connection, string slug, CancellationToken cancellation)
    {
        await using var find = connection.Command("SELECT id FROM lab WHERE slug = @slug", ("@slug", slug));
        await using var found = await find.ExecuteReaderAsync(cancellation);
        return await found.ReadAsync(cancellation) ? found.Id(0) : null;
    }

    private async Task AddAsync(DbConnection connection, Guid lab, string slug, CancellationToken cancellation)
    {
        await using var add = connection.Command(
            "INSERT INTO lab (id, slug, created_at) VALUES (@id, @slug, @now)", ("@id", lab), ("@slug", slug), ("@now", time.GetUtcNow()));
        await add.ExecuteNonQueryAsync(cancellation);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A fresh link for each lab that has no owner yet. Links made at earlier starts end with it.</summary>
    /// <param name="origin">Where browsers find this node, such as <c>http://lab.localhost:5170</c>.</param>
    /// <returns>Links by lab.</returns>
    public async Task<IReadOnlyDictionary<string, string>> OwnerLinksAsync(string origin, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        var enrolment = scope.ServiceProvider.GetRequiredService<Enrolment>();
        var now = time.GetUtcNow();
        var links = new Dictionary<string, string>(StringComparer.Ordinal);
        var without = await db.Labs
            .Where(lab => options.Labs.Contains(lab.Slug) && !db.Set<Member>().Any(member => member.Lab == lab.Id && member.Role == Role.Owner))
            .ToListAsync(cancellation);
        foreach (var lab in without)
        {
            await db.Set<Invitation>()
                .Where(row => row.Lab == lab.Id && row.Role == (byte)Role.Owner && row.UsedAt == null && row.RevokedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.RevokedAt, now), cancellation);
            links[lab.Slug] = EnrolmentLink.For(origin, enrolment.Invite(lab.Id, (byte)Role.Owner, by: null).Token);
        }

        await db.SaveChangesAsync(cancellation);
        return links;
    }

    /// <summary>Writes <c>{"url", "owner", "owners": {lab: link}}</c>, whole or not at all, for its owner's eyes.</summary>
    public static async Task WriteLinksAsync(string file, string origin, IReadOnlyDictionary<string, string> links, CancellationToken cancellation)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(
            new { url = origin, owner = links.Values.FirstOrDefault(), owners = links }, JsonSerializerOptions.Web);
        var draft = file + ".new";
        File.Delete(draft);
        var create = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using (var stream = new FileStream(draft, create))
            await stream.WriteAsync(json, cancellation);
        File.Move(draft, file, overwrite: true);
    }

    [GeneratedRegex("^[a-z0-9-]{1,40}$")]
    private static partial Regex Slug();
}
