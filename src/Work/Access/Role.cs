namespace Cofferdam.Work.Access;

/// <summary>What a member may do at a lab. A person has one role per lab.</summary>
public enum Role : byte
{
    /// <summary>Works on tasks.</summary>
    Annotator = 1,

    /// <summary>Accepts or returns others' answers; also works on tasks.</summary>
    Reviewer = 2,

    /// <summary>Lab staff: projects, people, disclosures, suspension, deliveries.</summary>
    Staff = 3,

    /// <summary>Staff, and the first account of the lab; invites staff.</summary>
    Owner = 4,
}

/// <summary>Names of the authorization policies that endpoints ask for; each includes membership of the route's lab.</summary>
public static class Policies
{
    /// <summary>Any member of the lab.</summary>
    public const string Member = "member";

    /// <summary>Reviewer, staff or owner.</summary>
    public const string Reviewer = "reviewer";

    /// <summary>Staff or owner.</summary>
    public const string Staff = "staff";

    public const string Owner = "owner";
}
