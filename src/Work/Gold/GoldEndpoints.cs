using System.Buffers;
using System.Text.Json;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Forms;
using Cofferdam.Work.Items;
using Cofferdam.Work.Projects;
using Cofferdam.Work.Slots;
using Cofferdam.Work.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Gold;

/// <param name="Answers">
/// As for a submission of the newest form, with response a on the left and responses in the item's order.
/// </param>
/// <param name="Explanation">At most 4,000 characters, shown where the batch gives feedback.</param>
public sealed record GoldRequest(JsonElement Answers, string? Explanation = null);

internal static class GoldEndpoints
{
    public static void MapGoldEndpoints(this RouteGroupBuilder lab) =>
        lab.InProject("/items/{item:guid}/gold").MapPost("", Mark).RequireAuthorization(Policies.Staff).RequireNotSuspended();

    private static async Task<Results<NoContent, ProblemHttpResult>> Mark(
        Guid item, GoldRequest body, InProject at, Actor actor, IVault vault, FormCatalog forms, ShownShapes shapes, SlotLoop slots, AppDb db,
        CancellationToken cancellation)
    {
        if (!Words.Fits(body.Explanation))
            return Problems.Invalid("An explanation has at most 4,000 characters.", "explanation");
        if (await db.Items.AsNoTracking().SingleOrDefaultAsync(i => i.Id == item && i.Project == at.Id, cancellation) is not { } found)
            return Problems.NotFound();
        var version = await db.FormVersions.Where(f => f.Project == at.Id).MaxAsync(f => (int?)f.Number, cancellation);
        if (version is null)
            return Problems.Of(StatusCodes.Status409Conflict, "no-form", "The project has no form yet. Save one before saying what is right.");
        var (form, refused) = await forms.FindAsync(at.Facts, version.Value, cancellation);
        if (form is null)
            return Problems.Refused(refused!);
        (var shape, refused) = await shapes.FindAsync(at.Facts, item, item, cancellation);
        if (refused is not null)
            return Problems.Refused(refused);
        var answer = new ArrayBufferWriter<byte>(512);
        var inItsOrder = new ShownItem(shape, Flipped: false, [.. Enumerable.Range(0, shape.Responses)]);
        if (AnswerJson.Write(form, body.Answers, inItsOrder, seconds: 0, answer) is { } fault)
            return Answering.Invalid(fault);
        if (AnswerJson.Vote(form, answer.WrittenMemory).Length == 0)
            return Problems.Invalid("The question that decides must be answered.", form.Deciding.Key);

        using var document = JsonDocument.Parse(answer.WrittenMemory);
        var plaintext = JsonSerializer.SerializeToUtf8Bytes(
            new SealedGold(1, document.RootElement.GetProperty("answers"), body.Explanation), SealedJson.Shapes.SealedGold);
        var record = found.Gold is { } known ? new RecordId(known) : RecordId.New();
        (await vault.SealAsync(actor, at.Facts.Id, RecordKind.Gold, record, plaintext, expected: null)).Expect();
        if (await slots.MakeGoldAsync(at.Id, item, record.Value))
            return TypedResults.NoContent();
        if (found.Gold is null)
            await vault.RemoveAsync(actor.Lab, at.Facts.Id, actor.Principal, [new(RecordKind.Gold, record)], CancellationToken.None);
        return Problems.Of(StatusCodes.Status409Conflict, "item-in-work", "People are working on this item, or have answered it. Choose one that nobody has seen.");
    }
}
