using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Labs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Ledgers;

/// <summary>The logs as C2SP tlog-tiles has them, for witnesses, auditors and their tools: <c>/ledger/LAB/checkpoint</c>, <c>/ledger/LAB/tile/…</c>.</summary>
/// <remarks>Anybody may read them. A leaf holds sequence, time and act in clear, and commitments to the rest.</remarks>
public static class PublishedLogs
{
    /// <summary>First part of their addresses; origins of logs end in it and the lab's name.</summary>
    public const string Root = "ledger";

    public static void MapPublishedLogs(this IEndpointRouteBuilder routes) =>
        routes.MapGet($"/{Root}/{{lab}}/{{**path}}", Get).AllowAnonymous().ExcludeFromDescription();

    private static async Task<Results<FileContentHttpResult, NotFound>> Get(
        string lab, string path, HttpResponse response, AppDb db, IVault vault, CancellationToken cancellation)
    {
        var known = await db.Labs.Where(one => one.Slug == lab).Select(one => (Guid?)one.Id).FirstOrDefaultAsync(cancellation);
        if (known is not { } id || await vault.LogFileAsync(new LabId(id), path, cancellation) is not { } file)
            return TypedResults.NotFound();

        // Tiles never change; a checkpoint is good for as long as the next one takes (c2sp.org/tlog-tiles, "Serving").
        var tile = path.StartsWith("tile/", StringComparison.Ordinal);
        response.Headers.CacheControl = tile ? "public, max-age=31536000, immutable" : "no-cache";
        return TypedResults.Bytes(file.ToArray(), tile ? "application/octet-stream" : "text/plain; charset=utf-8");
    }
}
