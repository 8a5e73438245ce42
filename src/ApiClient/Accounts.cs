namespace Cofferdam.ApiClient;

/// <param name="Process">Id of the vault process that answers.</param>
/// <param name="Evaluation">The key file lies on the same disk as the data.</param>
public sealed record Session(SessionAccount Account, IReadOnlyList<Membership> Labs, bool Evaluation, Guid Process);

public sealed record SessionAccount(string Name);

/// <param name="Slug">The lab's name in routes.</param>
/// <param name="Role"><c>annotator</c>, <c>reviewer</c>, <c>staff</c> or <c>owner</c>.</param>
public sealed record Membership(string Slug, string Role, Guid Pseudonym);

/// <summary>What an enrolment link is for.</summary>
public sealed record EnrolmentLook(string Lab, string Role, DateTimeOffset Expires);

/// <param name="Secret">Base32.</param>
/// <param name="Uri"><c>otpauth://</c> address for an authenticator app.</param>
/// <param name="State">To send back with the first code.</param>
public sealed record TotpOffer(string Secret, string Uri, string State);

/// <summary>What a person signs in with where there is no passkey.</summary>
/// <param name="TotpSecret">Base32.</param>
public sealed record Credentials(string Name, string Password, string TotpSecret);

/// <param name="Link">Works once.</param>
public sealed record Invitation(Guid Id, string Role, string? Link, string? Token, DateTimeOffset Expires);

public sealed record Person(Guid Pseudonym, string? Name, string Role);

internal sealed record TokenBody(string Token);

internal sealed record EnrolmentName(string Token, string Name);

internal sealed record PasswordEnrolment(string Token, string Name, string Password, string Code, string State);

internal sealed record PasswordSignIn(string Name, string Password, string Code);

internal sealed record InvitationBody(string Role);

/// <param name="Credential"><c>RegistrationResponseJSON</c> of WebAuthn, as a string.</param>
internal sealed record PasskeyEnrolment(string Token, string Name, string Credential);

/// <param name="Credential"><c>AuthenticationResponseJSON</c> of WebAuthn, as a string.</param>
internal sealed record PasskeySignIn(string Credential);
