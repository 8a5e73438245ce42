using Cofferdam.Storage;
using Cofferdam.Work.Access;
using Cofferdam.Work.Labs;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Server.Tokens;

/// <param name="Name">For people to tell it by: 1 to 40 letters (a to z), digits, dots, dashes or underscores. It is kept in clear.</param>
/// <param name="Scopes">At least one; an auditor's token only reads.</param>
/// <param name="ExpiresAt">Within a year.</param>
public sealed record TokenRequest(string Name, IReadOnlyList<TokenScope> Scopes, DateTimeOffset ExpiresAt);

/// <param name="Secret">Goes into the header <c>Authorization: Bearer</c>. It is shown this once.</param>
public sealed record TokenMade(Guid Id, string Name, IReadOnlyList<TokenScope> Scopes, DateTimeOffset ExpiresAt, string Secret);

/// <param name="Owner">Pseudonym of whom it acts as; receipts name the token as their session.</param>
/// <param name="LastUsedAt">To within some minutes; null before the first time.</param>
public sealed record TokenView(
    Guid Id, string Name, IReadOnlyList<TokenScope> Scopes, Guid Owner, string OwnerName, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? LastUsedAt);

/// <summary>Tokens for programs. Whoever annotates has none: a program is not who the lab asked.</summary>
internal static class TokenEndpoints
{
    public static void AddTokens(this IServiceCollection services)
    {
        services.AddSingleton<ITables, TokenTables>();
        services.AddSingleton<ApiTokens>();
    }

    public static void MapTokens(this IEndpointRouteBuilder lab)
    {
        var tokens = lab.MapGroup("/tokens").RequireAuthorization(Policies.Observer).NotForTokens().WithTags("Tokens");
        tokens.MapGet("", List).WithSummary("Tokens that still work: one's own, and for an owner everybody's");
        tokens.MapPost("", Make).RequireNotSuspended().WithSummary("Make a token; its secret is shown once");
        tokens.MapDelete("/{token:guid}", Revoke).WithSummary("End a token at once: one's own, and for an owner anybody's");
    }

    private static async Task<Ok<List<TokenView>>> List(Actor actor, AppDb db, TimeProvider time, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var rows = await Seen(actor, db).Where(row => row.ExpiresAt > now).OrderByDescending(row => row.Id)
            .Join(db.Members.Where(member => member.Lab == actor.Lab.Value), row => row.Account, member => member.Account,
                (row, member) => new { Row = row, member.Pseudonym, member.Name })
            .ToListAsync(cancellation);
        return TypedResults.Ok(rows.ConvertAll(found => new TokenView(
            found.Row.Id, found.Row.Name, found.Row.ScopeList, found.Pseudonym, found.Name, found.Row.CreatedAt, found.Row.ExpiresAt, found.Row.LastUsedAt)));
    }

    private static async Task<Results<Created<TokenMade>, ProblemHttpResult>> Make(
        TokenRequest body, Actor actor, AppDb db, ApiTokens tokens, TimeProvider time, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        // As it is kept, so that its mark fits what is read back.
        var expires = Commands.FromMicroseconds(body.ExpiresAt.ToMicroseconds());
        if (Fault(body, now, expires) is { } fault)
            return fault;
        if (actor.IsAuditor && body.Scopes.Any(scope => scope is not TokenScope.Read))
            return Problems.Of(StatusCodes.Status403Forbidden, "role-scope", "An auditor's token only reads.");
        var token = new ApiToken
        {
            Id = Guid.CreateVersion7(now),
            Lab = actor.Lab.Value,
            Account = actor.Account,
            Name = body.Name,
            Scopes = (byte)body.Scopes.Distinct().Sum(scope => (byte)scope),
            Mark = [],
            CreatedAt = now,
            ExpiresAt = expires,
        };
        var secret = await tokens.MarkAsync(token, cancellation);
        db.Add(token);
        await db.SaveChangesAsync(cancellation);
        return TypedResults.Created(
            $"/api/labs/{actor.LabSlug}/tokens/{token.Id}", new TokenMade(token.Id, token.Name, token.ScopeList, token.ExpiresAt, secret));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Revoke(
        Guid token, Actor actor, AppDb db, ApiTokens tokens, CancellationToken cancellation)
    {
        if (!await Seen(actor, db).AnyAsync(row => row.Id == token, cancellation))
            return Problems.NotFound();
        await tokens.RevokeAsync(token, db, CancellationToken.None);
        return TypedResults.NoContent();
    }

    private static IQueryable<ApiToken> Seen(Actor actor, AppDb db)
    {
        var all = actor.Role is Role.Owner;
        return db.Set<ApiToken>().AsNoTracking()
            .Where(row => row.Lab == actor.Lab.Value && row.RevokedAt == null && (all || row.Account == actor.Account));
    }

    private static ProblemHttpResult? Fault(TokenRequest body, DateTimeOffset now, DateTimeOffset expires)
    {
        if (body.Name.Length is < 1 or > 40 || !body.Name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_'))
            return Problems.Invalid("A token's name has 1 to 40 letters (a to z), digits, dots, dashes or underscores.", "name");
        if (body.Scopes.Count is < 1 or > 5 || !body.Scopes.All(Enum.IsDefined))
            return Problems.Invalid("A token has one scope or more.", "scopes");
        return expires <= now || expires > now.AddYears(1)
            ? Problems.Invalid("A token ends within a year.", "expiresAt")
            : null;
    }
}
