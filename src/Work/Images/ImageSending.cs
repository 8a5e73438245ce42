using System.Globalization;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Images;

/// <summary>Hands an image out through the door, a few parts at a time: each run has its receipt before its first byte leaves.</summary>
/// <param name="purpose">Why it is looked at.</param>
/// <param name="slot">The slot it is opened for, where there is one.</param>
internal sealed class ImageSending(IVault vault, AppDb db, Actor actor, ProjectId project, Purpose purpose, Guid? slot)
{
    /// <summary>Parts of one run: 4 MiB, so that a large image is never in memory as a whole.</summary>
    private const int PartsPerRun = 4;

    public async Task<IResult> SendAsync(Guid image, HttpContext context, CancellationToken cancellation)
    {
        var facts = await db.Images.AsNoTracking().SingleOrDefaultAsync(i => i.Id == image && i.Project == project.Value, cancellation);
        if (facts is null)
            return Problems.NotFound();
        var parts = await db.ImageParts.AsNoTracking().Where(p => p.Image == image).OrderBy(p => p.Ordinal).Select(p => p.Record).ToListAsync(cancellation);
        var act = Guid.CreateVersion7();
        var begun = false;
        // All of it is signed before its first byte leaves.
        var runs = parts.Chunk(PartsPerRun).Select(run => run.Select(record => new RecordRef(RecordKind.Image, new RecordId(record))).ToArray()).ToList();
        if (await actor.WantsAsync(Act.Open, project, purpose, slot, runs, cancellation))
            return Problems.NotSigned();
        foreach (var run in runs)
        {
            var outcome = await vault.OpenAsync(actor, project, purpose, run, cancellation, slot, act);
            if (outcome is not OpenOutcome.Opened opened)
            {
                if (!begun)
                    return Problems.Refused((OpenOutcome.Refused)outcome);
                // A part must not be taken for the whole.
                context.Abort();
                return Results.Empty;
            }

            if (!begun)
                Begin(context.Response, facts, opened.Receipt);
            begun = true;
            foreach (var record in opened.Records)
                await context.Response.Body.WriteAsync(record.Plaintext, cancellation);
        }

        return Results.Empty;
    }

    private static void Begin(HttpResponse response, Image image, long receipt)
    {
        response.ContentType = image.Type.MediaType();
        response.ContentLength = image.Bytes;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        // Opened by itself in a tab, it can do nothing.
        response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers["X-Receipt"] = receipt.ToString(CultureInfo.InvariantCulture);
    }
}
