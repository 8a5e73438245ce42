using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Workforce.Access;
using Cofferdam.Workforce.Matching;
using Cofferdam.Workforce.OwnData;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Experts;

/// <param name="Role">Staff are invited by an owner; experts by managers too.</param>
public sealed record InviteRequest(VendorRole Role = VendorRole.Expert);

/// <param name="Link">To be handed to the person by a way you trust; it is shown this once and works once.</param>
/// <param name="Token">What follows <c>#</c> in the link.</param>
public sealed record InviteMade(Guid Id, VendorRole Role, string Link, string Token, DateTimeOffset Expires)
{
    internal static InviteMade Of(AccountInvitation invitation, VendorRole role, HttpContext context) =>
        new(invitation.Id, role, $"{context.Request.Scheme}://{context.Request.Host}/enrol#{invitation.Token}", invitation.Token, invitation.Expires);
}

/// <param name="Level">What a person of staff has seen shown.</param>
/// <param name="Days">How long that is good for: 1 to 3,653.</param>
public sealed record VerifySkillRequest(string Code, SkillLevel Level, int Days = 730);

/// <param name="Person">Id in the vendor's receipts.</param>
public sealed record VendorPersonView(Guid Person, string Name, VendorRole Role, DateTimeOffset Joined, DateTimeOffset? Left);

internal static class ExpertEndpoints
{
    private const int PageRows = 200;

    public static void MapExperts(this IEndpointRouteBuilder api)
    {
        var own = api.MapGroup("/me/profile").WithTags("Experts");
        own.MapGet("", Own).RequireAuthorization(VendorPolicies.Expert).WithSummary("Your own profile; what is sealed of it is opened, with a receipt");
        own.MapPut("", Put).RequireAuthorization(VendorPolicies.Expert).WithSummary("Put your profile in place of what it was");

        var desk = api.MapGroup("/desk").WithTags("Experts");
        desk.MapPost("/invitations", Invite).RequireAuthorization(VendorPolicies.Manager).WithSummary("Make a single-use enrolment link");
        desk.MapGet("/people", People).RequireAuthorization(VendorPolicies.Desk).WithSummary("People of the vendor by handle, in the order they came");
        desk.MapGet("/experts/{person:guid}/profile", Of).RequireAuthorization(VendorPolicies.Manager)
            .WithSummary("An expert's profile; what is sealed of it is opened in your name, and the expert sees that it was");
        desk.MapPost("/experts/{person:guid}/skills", Verify).RequireAuthorization(VendorPolicies.Manager).WithSummary("Verify a skill that you have seen shown");
    }

    private static async Task<Results<Created<InviteMade>, ProblemHttpResult>> Invite(
        InviteRequest body, VendorActor actor, HttpContext context, IVendorAccounts accounts, CancellationToken cancellation)
    {
        if (body.Role is not (VendorRole.Expert or VendorRole.Manager or VendorRole.Payroll))
            return Problems.Invalid("Invite an expert, a manager or somebody for payroll.", "role");
        if (body.Role is not VendorRole.Expert && actor.Role is not VendorRole.Owner)
            return Problems.Of(StatusCodes.Status403Forbidden, "owner-only", "Staff are invited by an owner of the vendor. Ask one.");
        var invitation = await accounts.InviteAsync(actor.Vendor, body.Role, actor.Person, cancellation);
        return TypedResults.Created($"/api/desk/invitations/{invitation.Id}", InviteMade.Of(invitation, body.Role, context));
    }

    private static async Task<Results<Ok<List<VendorPersonView>>, ProblemHttpResult>> People(
        VendorActor actor, AppDb db, CancellationToken cancellation, string? role = null, Guid? after = null)
    {
        VendorRole? only = null;
        if (role is not null)
        {
            if (!Enum.TryParse<VendorRole>(role, ignoreCase: true, out var named) || !Enum.IsDefined(named))
                return Problems.Invalid("Roles are expert, manager, payroll and owner.", "role");
            only = named;
        }

        var last = after ?? Guid.Empty;
        var vendor = actor.Vendor.Value;
        return TypedResults.Ok(await db.People.AsNoTracking()
            .Where(row => row.Vendor == vendor && row.Id > last && (only == null || row.Role == only))
            .OrderBy(row => row.Id).Take(PageRows)
            .Select(row => new VendorPersonView(row.Id, row.Name, row.Role, row.CreatedAt, row.LeftAt))
            .ToListAsync(cancellation));
    }

    private static async Task<Results<Ok<ProfileView>, ProblemHttpResult>> Own(VendorActor actor, Profiles profiles, CancellationToken cancellation) =>
        Answer(await profiles.ReadAsync(actor, actor.Person, Purpose.OwnData, cancellation));

    private static async Task<Results<NoContent, ProblemHttpResult>> Put(ProfileRequest body, VendorActor actor, Profiles profiles, CancellationToken cancellation)
    {
        if (body.Fault() is { } fault)
            return Problems.Invalid(fault);
        await profiles.PutAsync(actor, body, cancellation);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<ProfileView>, ProblemHttpResult>> Of(Guid person, VendorActor actor, Profiles profiles, CancellationToken cancellation) =>
        Answer(await profiles.ReadAsync(actor, person, Purpose.Match, cancellation));

    private static async Task<Results<NoContent, ProblemHttpResult>> Verify(
        Guid person, VerifySkillRequest body, Profiles profiles, AppDb db, TimeProvider time, CancellationToken cancellation)
    {
        if (!Codes.IsCode(body.Code) || !Enum.IsDefined(body.Level))
            return Problems.Invalid("Name a skill by its code, and a level.", "code");
        if (body.Days is < 1 or > HeldFields.MostDays)
            return Problems.Invalid("A mark is good for 1 to 3,653 days.", "days");
        if (!await db.People.AnyAsync(row => row.Id == person && row.Role == VendorRole.Expert && row.LeftAt == null, cancellation))
            return Problems.NotFound();
        await profiles.VerifyAsync(person, body.Code, body.Level, time.GetUtcNow().AddDays(body.Days), cancellation);
        return TypedResults.NoContent();
    }

    private static Results<Ok<ProfileView>, ProblemHttpResult> Answer((ProfileView? View, OpenOutcome.Refused? Refused) read) =>
        read.Refused is { } refused ? Problems.NotOpened(refused)
        : read.View is { } view ? TypedResults.Ok(view)
        : Problems.NotFound();
}
