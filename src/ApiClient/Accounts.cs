namespace Cofferdam.ApiClient;

/// <param name="Process">Id of the vault process that answers.</param>
/// <param name="Evaluation">The root keys lie in files, for all that is known on the disk of the data.</param>
public sealed record Session(SessionAccount Account, IReadOnlyList<Membership> Labs, bool Evaluation, Guid Process);

public sealed record SessionAccount(string Name);

/// <param name="Slug">The lab's name in routes.</param>
/// <param name="Role"><c>annotator</c>, <c>reviewer</c>, <c>projectManager</c>, <c>auditor</c> or <c>owner</c>.</param>
public sealed record Membership(string Slug, string Role, Guid Pseudonym);

/// <param name="Kind"><c>passkey</c> or <c>password</c>.</param>
/// <param name="Current">The one that asks.</param>
public sealed record OwnSession(Guid Id, string Kind, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, DateTimeOffset EndsAt, bool Current);

/// <param name="Secret">Base32.</param>
/// <param name="Uri"><c>otpauth://</c> address for an authenticator app.</param>
/// <param name="State">To send back with the first code.</param>
public sealed record TotpOffer(string Secret, string Uri, string State);

/// <summary>What a person signs in with where there is no passkey.</summary>
/// <param name="TotpSecret">Base32.</param>
public sealed record Credentials(string Name, string Password, string TotpSecret);

/// <param name="Link">Works once.</param>
public sealed record Invitation(Guid Id, string Role, string? Link, string? Token, DateTimeOffset Expires);

/// <param name="Scopes"><c>read</c>, <c>import</c>, <c>manage</c>, <c>deliver</c> or <c>work</c>.</param>
/// <param name="ExpiresAt">Within a year.</param>
public sealed record TokenBody(string Name, IReadOnlyList<string> Scopes, DateTimeOffset ExpiresAt);

/// <param name="Secret">The token itself, told this once.</param>
public sealed record TokenMade(Guid Id, string Name, IReadOnlyList<string> Scopes, DateTimeOffset ExpiresAt, string Secret);

/// <param name="Kind">What happened, such as <c>returned</c> or <c>deliveryDone</c>.</param>
/// <param name="Code">The project's code name.</param>
/// <param name="Subject">Id of what it is about: a slot, a delivery.</param>
public sealed record Notice(Guid Id, string Kind, Guid? Project, string? Code, Guid? Subject, DateTimeOffset At, DateTimeOffset? ReadAt);

/// <param name="Unread">In all.</param>
/// <param name="Next">Id to page on before; null at the end.</param>
public sealed record NoticePage(IReadOnlyList<Notice> Rows, int Unread, Guid? Next);

internal sealed record EnrolmentName(string Token, string Name);

internal sealed record PasswordEnrolment(string Token, string Name, string Password, string Code, string State);

internal sealed record PasswordSignIn(string Name, string Password, string Code);

internal sealed record InvitationBody(string Role);

/// <param name="Credential"><c>RegistrationResponseJSON</c> of WebAuthn, as a string.</param>
internal sealed record PasskeyEnrolment(string Token, string Name, string Credential);

/// <param name="Credential"><c>AuthenticationResponseJSON</c> of WebAuthn, as a string.</param>
internal sealed record PasskeySignIn(string Credential);
