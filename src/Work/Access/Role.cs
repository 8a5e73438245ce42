using System.Collections.Frozen;

namespace Cofferdam.Work.Access;

/// <summary>What a member may do at a lab. A person has one role per lab. The numbers are names, and say nothing of rank.</summary>
public enum Role : byte
{
    /// <summary>Works on tasks.</summary>
    Annotator = 1,

    /// <summary>Accepts or returns others' answers; also works on tasks.</summary>
    Reviewer = 2,

    /// <summary>Runs the work: projects, people, disclosures, suspension, deliveries.</summary>
    ProjectManager = 3,

    /// <summary>A project manager, and the first account of the lab; invites project managers and auditors.</summary>
    Owner = 4,

    /// <summary>Looks at who was shown what and at the figures; opens no content and changes nothing.</summary>
    Auditor = 5,
}

/// <summary>Names of the authorization policies that endpoints ask for. Each is a set of roles at the route's lab.</summary>
public static class Policies
{
    /// <summary>Whoever works on tasks: everybody but the auditor.</summary>
    public const string Member = "member";

    /// <summary>Reviewer, project manager or owner.</summary>
    public const string Reviewer = "reviewer";

    /// <summary>Project manager or owner.</summary>
    public const string Staff = "staff";

    public const string Owner = "owner";

    /// <summary>Auditor, project manager or owner: what tells of the work without its content. A handler that opens records must leave them shut for an auditor.</summary>
    public const string Observer = "observer";

    /// <summary>Anybody of the lab, whatever the role: a person's own affairs.</summary>
    public const string AnyRole = "any-role";

    /// <summary>The roles of each policy.</summary>
    public static FrozenDictionary<string, FrozenSet<Role>> Roles { get; } = new Dictionary<string, FrozenSet<Role>>
    {
        [Member] = [Role.Annotator, Role.Reviewer, Role.ProjectManager, Role.Owner],
        [Reviewer] = [Role.Reviewer, Role.ProjectManager, Role.Owner],
        [Staff] = [Role.ProjectManager, Role.Owner],
        [Owner] = [Role.Owner],
        [Observer] = [Role.Auditor, Role.ProjectManager, Role.Owner],
        [AnyRole] = [.. Enum.GetValues<Role>()],
    }.ToFrozenDictionary();
}
