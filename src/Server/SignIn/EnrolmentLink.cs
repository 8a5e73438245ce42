namespace Cofferdam.Server.SignIn;

/// <summary>Address of the enrolment page with the token in its fragment, which browsers send to no server.</summary>
internal static class EnrolmentLink
{
    public static string For(string origin, string token) => $"{origin}/enrol#{token}";
}
