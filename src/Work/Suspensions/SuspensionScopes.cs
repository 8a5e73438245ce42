using System.Globalization;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Engagements;
using Cofferdam.Work.Labs;
using Cofferdam.Work.Projects;
using Cofferdam.Work.Slots;
using Cofferdam.Work.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Suspensions;

/// <summary>What there is to suspend, whom it concerns, and what it would stop.</summary>
internal sealed class SuspensionScopes(AppDb db, IVault vault, ProjectCatalog catalog)
{
    /// <returns>The scope, whole; null where there is no such thing at this lab.</returns>
    public async Task<Scope?> FindAsync(Actor actor, ScopeKind kind, Guid? id, CancellationToken cancellation)
    {
        var exists = (kind, id) switch
        {
            (ScopeKind.Lab, _) => id is null || id == actor.Lab.Value,
            // None: all of them. Which there are, those who receive them know better than the lab's tables.
            (ScopeKind.Export or ScopeKind.Model, _) => true,
            (_, null) => false,
            (ScopeKind.Project, { } project) => await catalog.FindAsync(actor.Lab, project, cancellation) is not null,
            (ScopeKind.Person, { } person) => await db.Members.AnyAsync(m => m.Lab == actor.Lab.Value && m.Pseudonym == person, cancellation),
            (ScopeKind.Engagement, { } engagement) => await db.Engagements.AnyAsync(e => e.Lab == actor.Lab.Value && e.Id == engagement, cancellation),
            (ScopeKind.Process, { } process) => await IsProcessAsync(actor.Lab, process, cancellation),
            _ => false,
        };
        return exists ? new Scope(kind, kind is ScopeKind.Lab ? actor.Lab.Value : id ?? Guid.Empty) : null;
    }

    /// <summary>Pseudonyms of those whose work stops; null where that is everybody's, or no single person's.</summary>
    public async Task<List<Guid>?> PeopleAsync(LabId lab, Scope scope) => scope.Kind switch
    {
        ScopeKind.Person => [scope.Id],
        ScopeKind.Engagement => await Members(lab).Where(member => member.Engagement == scope.Id).Select(member => member.Pseudonym).ToListAsync(),
        _ => null,
    };

    public async Task<SuspensionPreview> PreviewAsync(Actor actor, Scope scope, CancellationToken cancellation)
    {
        if (scope.Kind is ScopeKind.Process or ScopeKind.Export or ScopeKind.Model)
        {
            return new SuspensionPreview(0, 0, 0, 0, scope.Kind switch
            {
                ScopeKind.Process => "Stops everything that this server process asks for, whoever it is for. Answers in progress are kept.",
                ScopeKind.Export => "Stops deliveries that go there, those being made too. Nobody's work stops.",
                _ => "Stops what is sent to that model. Nobody's work stops.",
            });
        }

        var lab = actor.Lab.Value;
        var people = Members(actor.Lab);
        var projects = db.Projects.Where(project => project.Lab == lab);
        if (scope.Kind is ScopeKind.Person)
            people = people.Where(member => member.Pseudonym == scope.Id);
        if (scope.Kind is ScopeKind.Engagement)
            people = people.Where(member => member.Engagement == scope.Id);
        if (scope.Kind is ScopeKind.Project)
            projects = projects.Where(project => project.Id == scope.Id);

        var tasks = db.Slots.Where(slot => (slot.State == SlotState.Leased || slot.State == SlotState.Returned)
            && projects.Any(project => project.Id == slot.Project) && people.Any(member => member.Pseudonym == slot.Holder));
        var drafts = db.Drafts.Where(draft => projects.Any(project => project.Id == draft.Project) && people.Any(member => member.Pseudonym == draft.Person));
        var counted = new SuspensionPreview(
            scope.Kind is ScopeKind.Project
                ? await tasks.Select(slot => slot.Holder).Union(drafts.Select(draft => (Guid?)draft.Person)).CountAsync(cancellation)
                : await people.CountAsync(cancellation),
            scope.Kind is ScopeKind.Lab or ScopeKind.Project
                ? await projects.CountAsync(cancellation)
                : await tasks.Select(slot => slot.Project).Union(drafts.Select(draft => draft.Project)).CountAsync(cancellation),
            await tasks.CountAsync(cancellation), await drafts.CountAsync(cancellation), "");
        return counted with { Sentence = Sentence(counted) };
    }

    private static string Sentence(SuspensionPreview counted) => string.Create(
        CultureInfo.InvariantCulture,
        $"Stops {Count(counted.People, "person", "people")} in {Count(counted.Projects, "project", "projects")}; {Count(counted.Drafts, "answer in progress is kept", "answers in progress are kept")}.");

    private static string Count(int count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many)}");

    private IQueryable<Member> Members(LabId lab) => db.Members.Where(member => member.Lab == lab.Value && member.LeftAt == null);

    // A process has a receipt of its start in every ledger, or is this one.
    private async Task<bool> IsProcessAsync(LabId lab, Guid process, CancellationToken cancellation) =>
        process == vault.Identity.Process
        || (await vault.ReceiptsAsync(new ReceiptQuery(lab, Process: process, Limit: 1), cancellation)).Any(receipt => receipt.Process == process);
}
