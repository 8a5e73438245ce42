namespace Cofferdam.Workforce.Listings;

/// <summary>Rate limits that the host must know by these names.</summary>
public static class ListingLimits
{
    /// <summary>Per address: whoever has none of ours yet asks for an enrolment link.</summary>
    public const string Apply = "listing-apply";
}
