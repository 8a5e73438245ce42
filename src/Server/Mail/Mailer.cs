using System.Net;
using System.Net.Mail;
using System.Text;
using System.Web;
using Cofferdam.Server.Hardening;

namespace Cofferdam.Server.Mail;

/// <summary>Hands mails to the mail server that the node was told of.</summary>
internal sealed class Mailer
{
    private const int SubmissionPort = 587;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Uri? server;
    private readonly MailAddress? from;
    private readonly NetworkCredential? credential;

    /// <param name="server">As <see cref="NodeOptions.Smtp"/>; null: there is none.</param>
    /// <exception cref="StartupException">It is not such an address.</exception>
    public Mailer(Uri? server)
    {
        if (server is null)
            return;
        if (server.Scheme != "smtp" || server.Host.Length == 0 || !MailAddress.TryCreate(HttpUtility.ParseQueryString(server.Query)["from"], out from))
            throw new StartupException("--smtp is smtp://user:password@host:port?from=address.");
        this.server = server;
        if (server.UserInfo.Split(':', 2) is [var user, var password])
            credential = new NetworkCredential(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password));
    }

    /// <summary>Whether there is a mail server.</summary>
    public bool Offered => server is not null;

    /// <returns>False where the mail server did not take it.</returns>
    public async Task<bool> SendAsync(string to, string subject, string body, CancellationToken cancellation)
    {
        if (server is null)
            return false;
        using var client = new SmtpClient(server.Host, server.Port > 0 ? server.Port : SubmissionPort)
        {
            // Its word for STARTTLS; without it nothing is sent. A mail server on this machine need not offer it.
            EnableSsl = !server.IsLoopback,
            UseDefaultCredentials = false,
            Credentials = credential,
        };
        using var message = new MailMessage(from!, new MailAddress(to)) { Subject = subject, Body = body, BodyEncoding = Encoding.UTF8, SubjectEncoding = Encoding.UTF8 };
        // Keeps "out of office" replies away (RFC 3834 §5).
        message.Headers.Add("Auto-Submitted", "auto-generated");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            await client.SendMailAsync(message, limit.Token);
            return true;
        }
        catch (Exception fault) when (fault is SmtpException or IOException || (fault is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return false;
        }
    }
}
