using Cofferdam.Storage;
using Cofferdam.Workforce.Access;
using Cofferdam.Workforce.Experts;
using Cofferdam.Workforce.OwnData;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Agreements;

internal static class TrainingEndpoints
{
    public static void MapTraining(this IEndpointRouteBuilder api)
    {
        api.MapPut("/desk/training/{code}", Put).RequireAuthorization(VendorPolicies.Manager).WithTags("Training").WithSummary("Make or change a training module");
        var own = api.MapGroup("/me/training").WithTags("Training");
        own.MapGet("", List).RequireAuthorization(VendorPolicies.Anybody).WithSummary("Training modules, and until when yours are good");
        own.MapPost("/{code}/done", Done).RequireAuthorization(VendorPolicies.Expert).WithSummary("Say that you have read a module; its time begins anew");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Put(string code, TrainingRequest body, AppDb db, TimeProvider time, CancellationToken cancellation)
    {
        if (!Codes.IsCode(code))
            return Problems.Invalid("A code has 1 to 40 of a-z, 0-9, '.', '-' and '_'.", "code");
        if (string.IsNullOrWhiteSpace(body.Title) || body.Title.Length > 200)
            return Problems.Invalid("A title has 1 to 200 characters.", "title");
        if (string.IsNullOrWhiteSpace(body.Text) || body.Text.Length > 100_000)
            return Problems.Invalid("A text has 1 to 100,000 characters.", "text");
        if (body.GoodForDays is < 1 or > HeldFields.MostDays)
            return Problems.Invalid("Training is good for 1 to 3,653 days.", "goodForDays");
        var module = await db.TrainingModules.SingleOrDefaultAsync(row => row.Code == code, cancellation);
        if (module is null)
            db.TrainingModules.Add(module = new TrainingModule { Code = code, Title = body.Title, Text = body.Text, GoodForDays = body.GoodForDays, ChangedAt = default });
        (module.Title, module.Text, module.GoodForDays, module.ChangedAt) = (body.Title, body.Text, body.GoodForDays, time.GetUtcNow());
        await db.SaveChangesAsync(cancellation);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<List<TrainingView>>> List(VendorActor actor, AppDb db, CancellationToken cancellation)
    {
        var done = await db.TrainingsDone.AsNoTracking().Where(row => row.Person == actor.Person).ToDictionaryAsync(row => row.Module, cancellation);
        var modules = await db.TrainingModules.AsNoTracking().OrderBy(row => row.Code).ToListAsync(cancellation);
        return TypedResults.Ok(modules.ConvertAll(module => new TrainingView(
            module.Code, module.Title, module.Text, module.GoodForDays, done.GetValueOrDefault(module.Code)?.DoneAt, done.GetValueOrDefault(module.Code)?.GoodUntil)));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Done(string code, VendorActor actor, AppDb db, TimeProvider time, CancellationToken cancellation)
    {
        if (await db.TrainingModules.AsNoTracking().SingleOrDefaultAsync(row => row.Code == code, cancellation) is not { } module)
            return Problems.NotFound();
        var now = time.GetUtcNow();
        var done = await db.TrainingsDone.SingleOrDefaultAsync(row => row.Person == actor.Person && row.Module == code, cancellation);
        if (done is null)
            db.TrainingsDone.Add(done = new TrainingDone { Person = actor.Person, Module = code, DoneAt = now, GoodUntil = now });
        (done.DoneAt, done.GoodUntil) = (now, now.AddDays(module.GoodForDays));
        await db.SaveChangesAsync(cancellation);
        return TypedResults.NoContent();
    }
}
