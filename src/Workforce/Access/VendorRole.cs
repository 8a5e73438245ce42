using System.Collections.Frozen;

namespace Cofferdam.Workforce.Access;

/// <summary>What somebody is at the vendor. Kept as a number: never change one. The numbers say nothing of rank.</summary>
public enum VendorRole : byte
{
    /// <summary>Does the work. A lead is an expert too: of an engagement, not of the vendor.</summary>
    Expert = 1,

    /// <summary>Finds, vets, places and looks after experts.</summary>
    Manager = 2,

    /// <summary>Second person of payouts, and keeper of corrections and withholding.</summary>
    Payroll = 3,

    /// <summary>The first account; invites the other staff, pairs with labs, may do what a manager may.</summary>
    Owner = 4,
}

/// <summary>Names of the authorization policies that endpoints of a vendor node ask for.</summary>
public static class VendorPolicies
{
    /// <summary>Anybody of the vendor: a person's own affairs.</summary>
    public const string Anybody = "vendor-anybody";

    /// <summary>An expert's own affairs as one.</summary>
    public const string Expert = "vendor-expert";

    /// <summary>Staff: manager, payroll or owner.</summary>
    public const string Desk = "vendor-desk";

    /// <summary>Manager or owner.</summary>
    public const string Manager = "vendor-manager";

    /// <summary>Payroll or owner.</summary>
    public const string Payroll = "vendor-payroll";

    public const string Owner = "vendor-owner";

    /// <summary>The roles of each policy.</summary>
    public static FrozenDictionary<string, FrozenSet<VendorRole>> Roles { get; } = new Dictionary<string, FrozenSet<VendorRole>>
    {
        [Anybody] = [.. Enum.GetValues<VendorRole>()],
        [Expert] = [VendorRole.Expert],
        [Desk] = [VendorRole.Manager, VendorRole.Payroll, VendorRole.Owner],
        [Manager] = [VendorRole.Manager, VendorRole.Owner],
        [Payroll] = [VendorRole.Payroll, VendorRole.Owner],
        [Owner] = [VendorRole.Owner],
    }.ToFrozenDictionary();
}
