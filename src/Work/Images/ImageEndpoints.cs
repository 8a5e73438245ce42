using System.Buffers.Text;
using System.Text;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Imports;
using Cofferdam.Work.Items;
using Cofferdam.Work.Leads;
using Cofferdam.Work.Projects;
using Cofferdam.Work.Slots;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Images;

/// <param name="Type">Media type, told from its content.</param>
public sealed record ImageView(Guid Id, string Type, long Bytes);

internal static class ImageEndpoints
{
    /// <summary>Base64url of the file's name in UTF-8: names are confidential, and addresses end up in logs.</summary>
    private const string NameHeader = "X-File-Name";

    public static void MapImageEndpoints(this RouteGroupBuilder lab)
    {
        var project = lab.InProject();
        project.MapPost("/imports/{import:guid}/images", Take).RequireAuthorization(Policies.Staff).RequireNotSuspended().ForTokens(TokenScope.Import)
            .WithMetadata(new DisableRequestSizeLimitAttribute())
            .Accepts<byte[]>("image/png", "image/jpeg", "image/gif", "image/webp", "application/octet-stream");
        project.MapGet("/items/{item:guid}/image", OfItem).RequireAuthorization(Policies.Staff).ProducesImage();
        project.MapGet("/tasks/{slot:guid}/image", OfTask).RequireAuthorization(Policies.Member).RequireFreshPasskey().ProducesImage();
        project.MapGet("/reviews/{slot:guid}/image", OfReview).RequireAuthorization(Policies.Reviewer).RequireGrant().RequireFreshPasskey().ProducesImage();
    }

    /// <summary>Says in the API's description that an image comes back.</summary>
    internal static void ProducesImage(this RouteHandlerBuilder endpoint) =>
        endpoint.Produces<byte[]>(contentType: "image/png", additionalContentTypes: ["image/jpeg", "image/gif", "image/webp"]);

    private static async Task<Results<Created<ImageView>, ProblemHttpResult>> Take(
        Guid import, InProject at, Actor actor, AppDb db, IVault vault, ImageTaking taking, HttpRequest request, CancellationToken cancellation)
    {
        var found = await db.Imports.AsNoTracking().SingleOrDefaultAsync(i => i.Id == import && i.Project == at.Id, cancellation);
        if (found is null)
            return Problems.NotFound();
        if (Name(request) is not { Length: >= 1 and <= ImageFacts.LongestName } name)
            return Problems.Invalid($"Say the file's name, of 1 to {ImageFacts.LongestName} characters, in the header {NameHeader}: UTF-8 in base64url.");
        if (found.State is not ImportState.Waiting)
            return ImportEndpoints.Used();
        var mark = (await vault.FingerprintAsync(actor.Lab, at.Facts.Id, [ImportImages.Mark(name)], cancellation))[0];
        if (await db.Images.AnyAsync(i => i.Import == import && i.Name == mark, cancellation))
            return Problems.Of(StatusCodes.Status409Conflict, "image-known", "This import has an image of this name already.");

        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = ImageTaking.MostBytes + 1;
        var (image, fault) = await taking.TakeAsync(actor.Lab, at.Facts.Id, actor.Principal, import, name, request.Body, cancellation);
        return image is null
            ? Problems.Of(StatusCodes.Status422UnprocessableEntity, "no-image", fault!)
            : TypedResults.Created((string?)null, new ImageView(image.Id, image.Type.MediaType(), image.Bytes));
    }

    private static async Task<IResult> OfItem(Guid item, InProject at, Actor actor, AppDb db, IVault vault, HttpContext context, CancellationToken cancellation)
    {
        var imports = db.Imports;
        var image = await db.Items.Where(i => i.Id == item && i.Project == at.Id && imports.Any(f => f.Id == i.Import && f.State == ImportState.Done))
            .Select(i => i.Image).SingleOrDefaultAsync(cancellation);
        return await SendAsync(image, Purpose.Manage, null, at, actor, db, vault, context, cancellation);
    }

    private static async Task<IResult> OfTask(Guid slot, InProject at, Actor actor, AppDb db, IVault vault, HttpContext context, CancellationToken cancellation)
    {
        var image = await ImageOfAsync(db, db.Slots.Where(s =>
            s.Id == slot && s.Project == at.Id && s.Holder == actor.Pseudonym && (s.State == SlotState.Leased || s.State == SlotState.Returned)), cancellation);
        return await SendAsync(image, Purpose.Task, slot, at, actor, db, vault, context, cancellation);
    }

    private static async Task<IResult> OfReview(Guid slot, InProject at, Actor actor, AppDb db, IVault vault, HttpContext context, CancellationToken cancellation)
    {
        var image = await ImageOfAsync(db, db.Slots.Where(s =>
            s.Id == slot && s.Project == at.Id && s.Reviewer == actor.Pseudonym && s.State == SlotState.Submitted), cancellation);
        return await SendAsync(image, Purpose.Review, slot, at, actor, db, vault, context, cancellation);
    }

    internal static async Task<Guid?> ImageOfAsync(AppDb db, IQueryable<Slot> slots, CancellationToken cancellation)
    {
        var items = db.Items;
        return await slots.Select(s => items.Where(i => i.Id == s.Item).Select(i => i.Image).FirstOrDefault()).SingleOrDefaultAsync(cancellation);
    }

    internal static async Task<IResult> SendAsync(
        Guid? image, Purpose purpose, Guid? slot, InProject at, Actor actor, AppDb db, IVault vault, HttpContext context, CancellationToken cancellation) =>
        image is null ? Problems.NotFound() : await new ImageSending(vault, db, actor, at.Facts.Id, purpose, slot).SendAsync(image.Value, context, cancellation);

    private static string? Name(HttpRequest request)
    {
        var header = request.Headers[NameHeader].ToString();
        if (header.Length > 4 * ImageFacts.LongestName || !Base64Url.IsValid(header))
            return null;
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Base64Url.DecodeFromChars(header));
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
