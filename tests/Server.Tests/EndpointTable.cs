using Cofferdam.Work.Access;
using Who = Cofferdam.Work.Access.Policies;

namespace Cofferdam.Server.Tests;

/// <summary>Who may do what: one line per route of a lab. A route without a line fails the tests, and so does a line without a route.</summary>
/// <param name="Route">Method and path below <c>/api/labs/{lab}</c>, as the OpenAPI document has it.</param>
/// <param name="Policy">The policy whose roles may.</param>
/// <param name="Scopes">The scopes of which a token needs one; none: no token may.</param>
internal sealed record Entry(string Route, string Policy, params TokenScope[] Scopes)
{
    private const TokenScope Read = TokenScope.Read, Import = TokenScope.Import, Manage = TokenScope.Manage, Deliver = TokenScope.Deliver, Work = TokenScope.Work;

    public static IReadOnlyList<Entry> All { get; } =
    [
        // People and access.
        new("GET /people", Who.Observer, Read),
        new("DELETE /people/{person}/sessions", Who.Owner),
        new("GET /invitations", Who.Staff, Read),
        new("POST /invitations", Who.Staff),
        new("DELETE /invitations/{invitation}", Who.Staff),
        new("GET /tokens", Who.Observer),
        new("POST /tokens", Who.Observer),
        new("DELETE /tokens/{token}", Who.Observer),
        new("GET /notices", Who.AnyRole),
        new("POST /notices/read", Who.AnyRole),
        new("POST /notices/{notice}/read", Who.AnyRole),
        new("GET /suspensions", Who.Observer, Read),
        new("POST /suspensions", Who.Staff, Manage),
        new("DELETE /suspensions/{suspension}", Who.Staff, Manage),

        // What was shown to whom.
        new("GET /ledger", Who.Observer, Read),
        new("GET /ledger/receipts", Who.Observer, Read),
        new("GET /ledger/receipts/{sequence}", Who.Observer, Read),
        new("GET /projects/{project}/disclosures", Who.Observer, Read),

        // Projects, guidelines, forms.
        new("GET /projects", Who.Observer, Read),
        new("POST /projects", Who.Staff, Manage),
        new("GET /projects/{project}", Who.Observer, Read),
        new("PUT /projects/{project}", Who.Staff, Manage),
        new("GET /projects/{project}/guidelines/draft", Who.Staff, Read),
        new("PUT /projects/{project}/guidelines/draft", Who.Staff, Manage),
        new("GET /projects/{project}/guidelines/versions", Who.Staff, Read),
        new("POST /projects/{project}/guidelines/versions", Who.Staff, Manage),
        new("GET /projects/{project}/guidelines/versions/{number}", Who.Staff, Read),
        new("GET /projects/{project}/form", Who.Staff, Read),
        new("PUT /projects/{project}/form", Who.Staff, Manage),
        new("GET /projects/{project}/forms/{version}", Who.Member, Work),

        // Data.
        new("GET /projects/{project}/imports", Who.Staff, Import),
        new("POST /projects/{project}/imports", Who.Staff, Import),
        new("GET /projects/{project}/imports/{import}", Who.Staff, Import),
        new("GET /projects/{project}/imports/{import}/bad-rows", Who.Staff, Import),
        new("PUT /projects/{project}/imports/{import}/content", Who.Staff, Import),
        new("GET /projects/{project}/items", Who.Staff, Read),
        new("GET /projects/{project}/items/{item}", Who.Staff, Read),

        // The work.
        new("GET /projects/{project}/batches", Who.Observer, Read),
        new("POST /projects/{project}/batches", Who.Staff, Manage),
        new("PUT /projects/{project}/batches/{batch}", Who.Staff, Manage),
        new("POST /projects/{project}/batches/{batch}/pause", Who.Staff, Manage),
        new("POST /projects/{project}/batches/{batch}/resume", Who.Staff, Manage),
        new("POST /projects/{project}/batches/{batch}/close", Who.Staff, Manage),
        new("POST /projects/{project}/batches/{batch}/cancel", Who.Staff, Manage),
        new("POST /projects/{project}/batches/{batch}/move", Who.Staff, Manage),
        new("POST /projects/{project}/items/{item}/gold", Who.Staff, Manage),
        new("GET /projects/{project}/operations", Who.Observer, Read),
        new("POST /projects/{project}/operations", Who.Staff, Manage),
        new("POST /projects/{project}/operations/preview", Who.Staff, Manage),
        new("POST /projects/{project}/operations/{operation}/undo", Who.Staff, Manage),
        new("GET /projects/{project}/escalations", Who.Observer, Read),
        new("POST /projects/{project}/escalations/{slot}", Who.Staff, Manage),
        new("POST /projects/{project}/escalations/{slot}/open", Who.Staff, Manage),
        new("GET /people/{person}/skills", Who.Observer, Read),
        new("PUT /people/{person}/skills", Who.Staff, Manage),
        new("GET /work", Who.Member, Work),
        new("GET /projects/{project}/tasks", Who.Member, Work),
        new("POST /projects/{project}/tasks/next", Who.Member, Work),
        new("POST /projects/{project}/tasks/{slot}/open", Who.Member, Work),
        new("PUT /projects/{project}/tasks/{slot}/lease", Who.Member, Work),
        new("PUT /projects/{project}/tasks/{slot}/draft", Who.Member, Work),
        new("POST /projects/{project}/tasks/{slot}/submit", Who.Member, Work),
        new("POST /projects/{project}/tasks/{slot}/skip", Who.Member, Work),
        new("POST /projects/{project}/tasks/{slot}/release", Who.Member, Work),
        new("POST /projects/{project}/tasks/{slot}/report", Who.Member, Work),
        new("POST /projects/{project}/reviews/next", Who.Reviewer, Work),
        new("POST /projects/{project}/reviews/{slot}", Who.Reviewer, Work),
        new("GET /projects/{project}/batches/{batch}/acceptances", Who.Observer, Read),
        new("POST /projects/{project}/batches/{batch}/acceptances", Who.Staff, Manage),
        new("GET /projects/{project}/acceptances", Who.Reviewer, Work),
        new("GET /projects/{project}/acceptances/{acceptance}", Who.Staff, Read),
        new("POST /projects/{project}/acceptances/{acceptance}/decision", Who.Staff, Manage),
        new("POST /projects/{project}/acceptances/{acceptance}/next", Who.Reviewer, Work),
        new("POST /projects/{project}/acceptances/{acceptance}/slots/{slot}", Who.Reviewer, Work),
        new("POST /projects/{project}/tasks/{slot}/appeal", Who.Member, Work),
        new("GET /projects/{project}/appeals", Who.Member, Work),
        new("GET /projects/{project}/appeals/{appeal}", Who.Member, Work),
        new("POST /projects/{project}/appeals/{appeal}/decision", Who.Reviewer, Work),
        new("GET /projects/{project}/figures", Who.Observer, Read),
        new("POST /projects/{project}/figures/bias", Who.Staff, Manage),
        new("GET /projects/{project}/figures/bias", Who.Staff, Read),
        new("DELETE /projects/{project}/figures/bias/{scan}", Who.Staff, Manage),
        new("GET /projects/{project}/reports", Who.Staff, Read),
        new("GET /projects/{project}/progress", Who.Observer, Read),

        // Deliveries.
        new("GET /delivery-key", Who.Staff, Deliver),
        new("GET /projects/{project}/deliveries", Who.Observer, Read, Deliver),
        new("POST /projects/{project}/deliveries", Who.Staff, Deliver),
        new("GET /projects/{project}/deliveries/{delivery}", Who.Observer, Read, Deliver),
        new("GET /projects/{project}/deliveries/{delivery}/package", Who.Staff, Deliver),
    ];

    /// <summary>Routes of the node itself, whoever has a lab: true where somebody must be signed in. No token may use those.</summary>
    public static IReadOnlyDictionary<string, bool> OfTheNode { get; } = new Dictionary<string, bool>
    {
        ["GET /api/health"] = false,
        ["GET /api/session"] = true,
        ["POST /api/sign-out"] = false,
        ["POST /api/sign-in/passkey/options"] = false,
        ["POST /api/sign-in/passkey"] = false,
        ["POST /api/sign-in/password"] = false,
        ["POST /api/enrolments/look"] = false,
        ["POST /api/enrolments/passkey/options"] = false,
        ["POST /api/enrolments/passkey"] = false,
        ["POST /api/enrolments/totp"] = false,
        ["POST /api/enrolments/password"] = false,
        ["GET /api/sessions"] = true,
        ["DELETE /api/sessions/{session}"] = true,
        ["GET /api/notices/email"] = true,
        ["PUT /api/notices/email"] = true,
        ["POST /api/notices/email/confirm"] = true,
        ["DELETE /api/notices/email"] = true,
    };
}
