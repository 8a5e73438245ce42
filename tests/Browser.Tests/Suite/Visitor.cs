using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Cofferdam.Browser.Tests.Suite;

/// <summary>A browser context with a page, and a record of what went wrong in it.</summary>
public sealed partial class Visitor
{
    private readonly ConcurrentQueue<string> faults = new();
    private readonly Uri node;

    private Visitor(IBrowserContext context, Uri node)
    {
        Context = context;
        this.node = node;
    }

    public IBrowserContext Context { get; }

    public IPage Page { get; private set; } = null!;

    public IReadOnlyCollection<string> Faults => faults;

    internal static async Task<Visitor> OpenAsync(IBrowserContext context, Uri node)
    {
        var visitor = new Visitor(context, node);
        context.Console += (_, message) => visitor.Heard(message);
        context.WebError += (_, error) => visitor.faults.Enqueue($"exception: {error.Error}");
        context.Request += (_, request) => visitor.Asked(request.Url);
        context.Dialog += (_, dialog) => visitor.Interrupted(dialog);
        visitor.Page = await context.NewPageAsync();
        return visitor;
    }

    public async Task TakeSessionAsync(NodeClient signedIn)
    {
        var cookies = signedIn.Cookies.Split("; ").Select(pair => pair.Split('=', 2)).Select(pair => new Cookie
        {
            Name = pair[0],
            Value = pair[1],
            Domain = node.Host,
            Path = "/",
            HttpOnly = true,
            SameSite = SameSiteAttribute.Strict,
        });
        await Context.AddCookiesAsync(cookies);
    }

    private void Heard(IConsoleMessage message)
    {
        if (message.Type is not ("error" or "warning"))
            return;
        // Chromium notes answers of 4xx and broken lines by itself; the pages turn them into words, which the walks read.
        if (AnswerOfTheApi().IsMatch(message.Text) && message.Location.Contains("/api/", StringComparison.Ordinal))
            return;
        faults.Enqueue($"{message.Type} on the console: {message.Text} ({message.Location})");
    }

    private void Asked(string url)
    {
        if (!url.StartsWith(node.ToString(), StringComparison.Ordinal))
            faults.Enqueue($"request to elsewhere: {url}");
    }

    private void Interrupted(IDialog dialog)
    {
        faults.Enqueue($"dialog: {dialog.Message}");
        _ = dialog.DismissAsync();
    }

    [GeneratedRegex(@"^Failed to load resource: (the server responded with a status of 4|net::ERR_)")]
    private static partial Regex AnswerOfTheApi();
}
