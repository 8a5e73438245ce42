using Cofferdam.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace Cofferdam.Server.SignIn;

/// <summary>What enrolment and sign-in with a passkey have in common. The ceremony itself is ASP.NET Core Identity's.</summary>
internal static class Passkeys
{
    public static void Configure(IdentityPasskeyOptions options)
    {
        // A passkey stands for both factors, so the authenticator must have checked the person, and it must be found
        // without a name.
        options.UserVerificationRequirement = "required";
        options.ResidentKeyRequirement = "required";
        options.AttestationConveyancePreference = "none";
        options.AuthenticatorTimeout = TimeSpan.FromMinutes(5);
        options.ValidateOrigin = static origin => ValueTask.FromResult(!origin.CrossOrigin
            && string.Equals(origin.Origin, $"{origin.HttpContext.Request.Scheme}://{origin.HttpContext.Request.Host}", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Null where the browser brought no ceremony under way.</summary>
    public static async Task<PasskeyAttestationResult?> AttestAsync(SignInManager<Account> signIn, string credential)
    {
        try
        {
            return await signIn.PerformPasskeyAttestationAsync(credential);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Null where the browser brought no ceremony under way.</summary>
    public static async Task<PasskeyAssertionResult<Account>?> AssertAsync(SignInManager<Account> signIn, string credential)
    {
        try
        {
            return await signIn.PerformPasskeyAssertionAsync(credential);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    public static ProblemHttpResult NotVerified() =>
        Problems.Of(StatusCodes.Status400BadRequest, "passkey-not-verified", "The passkey could not be verified. Start again from this page, and let the device check that it is you.");
}
