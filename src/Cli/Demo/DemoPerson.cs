using Cofferdam.ApiClient;

namespace Cofferdam.Cli.Demo;

/// <summary>Somebody at the demo's lab, enrolled and signed in over HTTP.</summary>
internal sealed record DemoPerson(NodeClient Node, LabClient Lab, string Name, Guid Pseudonym) : IDisposable
{
    private const string LabSlug = "lab";

    public void Dispose() => Node.Dispose();

    /// <summary>Enrols with password and TOTP, leaves, and signs in with them.</summary>
    public static async Task<DemoPerson> WithPasswordAsync(Uri address, string link, string name, CancellationToken cancellation)
    {
        var node = new NodeClient(address);
        var password = SampleCommand.NewPassword();

        // A code works once. Enrolling takes the one before, so that signing in can take the present one.
        var enrolled = await node.EnrolAsync(NodeClient.TokenOf(link), name, password, Now() - TimeSpan.FromSeconds(30), cancellation);
        if (enrolled.Done)
        {
            (await node.SignOutAsync(cancellation)).OrThrow();
            (await node.SignInAsync(enrolled.Value!, Now(), cancellation)).OrThrow();
        }
        else
        {
            // It came a step too late; the present one will do, and enrolling signs in.
            (await node.EnrolAsync(NodeClient.TokenOf(link), name, password, Now(), cancellation)).OrThrow();
        }

        return await SignedInAsync(node, name, cancellation);
    }

    /// <summary>Enrols with a passkey, leaves, and signs in with it.</summary>
    public static async Task<DemoPerson> WithPasskeyAsync(Uri address, string link, string name, CancellationToken cancellation)
    {
        var node = new NodeClient(address);
        using var passkey = (await node.EnrolPasskeyAsync(NodeClient.TokenOf(link), name, cancellation)).OrThrow();
        (await node.SignOutAsync(cancellation)).OrThrow();
        (await node.SignInAsync(passkey, cancellation)).OrThrow();
        return await SignedInAsync(node, name, cancellation);
    }

    public async Task<string> InviteAsync(string role, CancellationToken cancellation) =>
        (await Lab.InviteAsync(role, cancellation)).OrThrow().Link!;

    private static async Task<DemoPerson> SignedInAsync(NodeClient node, string name, CancellationToken cancellation)
    {
        var session = (await node.SessionAsync(cancellation)).OrThrow();
        return new DemoPerson(node, node.Lab(LabSlug), name, session.Labs.Single(lab => lab.Slug == LabSlug).Pseudonym);
    }

    private static DateTimeOffset Now() => TimeProvider.System.GetUtcNow();
}
