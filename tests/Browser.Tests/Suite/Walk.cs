namespace Cofferdam.Browser.Tests.Suite;

/// <summary>
/// A test in which people walk through pages. Whatever a page does that it must never do (a fault on the console, a
/// breach of the content policy, a request to elsewhere, a dialog) fails the walk at its end.
/// </summary>
public abstract class Walk(Stage stage) : IAsyncLifetime
{
    private readonly List<Visitor> visitors = [];

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected Node Node => stage.Node;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Somebody at a browser of their own.</summary>
    /// <param name="signedIn">Whose session the browser has already; null: nobody's.</param>
    protected async Task<Visitor> VisitAsync(NodeClient? signedIn = null, BrowserNewContextOptions? like = null)
    {
        like ??= new BrowserNewContextOptions();
        like.BaseURL = Node.Address.ToString();
        like.Locale = "en-GB";
        like.ViewportSize ??= new ViewportSize { Width = 1440, Height = 900 };
        var context = await stage.Chromium.NewContextAsync(like);
        var visitor = await Visitor.OpenAsync(context, Node.Address);
        visitors.Add(visitor);
        if (signedIn is not null)
            await visitor.TakeSessionAsync(signedIn);
        return visitor;
    }

    /// <summary>A lab with its owner and nothing else.</summary>
    /// <param name="owner">The owner's name; null: one like any.</param>
    protected Task<Lab> LabAsync(string? owner = null)
    {
        _ = stage.Chromium;
        return Lab.OpenAsync(Node, owner);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        var faults = visitors.SelectMany(visitor => visitor.Faults).ToList();
        foreach (var visitor in visitors)
            await visitor.Context.DisposeAsync();
        faults.ShouldBeEmpty();
    }
}
