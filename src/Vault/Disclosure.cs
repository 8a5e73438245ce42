using Cofferdam.Ledger;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault;

/// <summary>All that decides which suspensions a hand-out of plaintext falls under.</summary>
/// <param name="Process">The server process that asks.</param>
/// <param name="Destination">Of an export or send, where the caller named one.</param>
internal sealed record Disclosure(LabId Lab, ProjectId Project, Principal Principal, Guid Process, Act Act, Guid? Destination)
{
    public static bool IsOne(Act act) => act is Act.Open or Act.Export or Act.Send;

    public static Disclosure Of(OpenRequest request, Guid process) => new(request.Lab, request.Project, request.Principal, process, request.Act, request.Destination);

    /// <summary>The one that a receipt tells of.</summary>
    public static Disclosure Of(Act act, ReceiptFacts facts) => new(
        new LabId(facts.Lab), new ProjectId(facts.Project), new Principal(ReceiptText.Principal(facts.PrincipalKind), facts.Pseudonym, facts.Engagement), facts.Process,
        act, facts.Destination);

    public bool IsIn(Suspension suspension) => Lab == suspension.Lab && Scopes().Contains(suspension.Scope);

    /// <summary>Every scope that it lies in.</summary>
    public IEnumerable<Scope> Scopes()
    {
        yield return new Scope(ScopeKind.Lab, Lab.Value);
        yield return new Scope(ScopeKind.Project, Project.Value);
        if (Principal.Kind == PrincipalKind.Person)
            yield return new Scope(ScopeKind.Person, Principal.Pseudonym);
        if (Principal.Engagement is { } engagement)
            yield return new Scope(ScopeKind.Engagement, engagement);
        yield return new Scope(ScopeKind.Process, Process);
        if (Act is not (Act.Export or Act.Send))
            yield break;
        var kind = Act == Act.Export ? ScopeKind.Export : ScopeKind.Model;
        yield return new Scope(kind, Guid.Empty);
        if (Destination is { } destination && destination != Guid.Empty)
            yield return new Scope(kind, destination);
    }
}
