using Cofferdam.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;

namespace Cofferdam.Server.SignIn;

internal static class SignInRegistration
{
    public static void AddSignIn(this IServiceCollection services, SignInOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<ITables, SignInTables>();
        services.AddSingleton<NodeSecrets>();
        services.AddSingleton<Sessions>();
        services.AddScoped<Enrolment>();
        services.AddScoped<PasswordSignIn>();
        services.AddSingleton<PasswordHashing>();
        services.AddSingleton<IPasswordHasher<Account>, PasswordHasher<Account>>();

        services.AddDataProtection().SetApplicationName("cofferdam");
        services.AddOptions<KeyManagementOptions>().Configure<NodeSecrets>((keys, secrets) => keys.XmlRepository = new SealedKeyRing(secrets));

        services.AddIdentityCore<Account>(identity =>
        {
            identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
            identity.User.RequireUniqueEmail = false;
        }).AddSignInManager();
        services.AddScoped<IUserStore<Account>, AccountStore>();
        services.Configure<IdentityPasskeyOptions>(Passkeys.Configure);
        // OWASP Password Storage Cheat Sheet: PBKDF2-HMAC-SHA512 with 210,000 iterations.
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 210_000);

        services.AddAuthentication(SessionAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, SessionAuthentication>(SessionAuthentication.SchemeName, null)
            // Holds the challenge of a passkey ceremony under way; signs nobody in.
            .AddCookie(IdentityConstants.TwoFactorUserIdScheme, cookie =>
            {
                cookie.Cookie.Name = "cofferdam-passkey";
                cookie.Cookie.HttpOnly = true;
                cookie.Cookie.SameSite = SameSiteMode.Strict;
                cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                cookie.Cookie.Path = "/api";
                cookie.ExpireTimeSpan = TimeSpan.FromMinutes(5);
            });
    }
}
