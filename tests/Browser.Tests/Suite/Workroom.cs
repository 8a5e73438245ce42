using System.Text.RegularExpressions;

namespace Cofferdam.Browser.Tests.Suite;

/// <summary>The page that an expert works in, by the names that its parts have for a reader of the screen.</summary>
public sealed class Workroom(IPage page)
{
    public IPage Page { get; } = page;

    public ILocator Heading => Page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    public ILocator Prompt => Page.GetByRole(AriaRole.Group, new() { Name = "Prompt" });

    public ILocator ResponseA => Page.GetByRole(AriaRole.Group, new() { Name = "Response A" });

    /// <summary>The item's text where parts of it are marked.</summary>
    public ILocator Text => Page.GetByRole(AriaRole.Application, new() { Name = "Text of this item" });

    public ILocator Scale => Page.GetByRole(AriaRole.Radio);

    public ILocator Rationale => Page.GetByRole(AriaRole.Textbox, new() { NameRegex = new Regex("Why") });

    public ILocator Submit => Page.GetByRole(AriaRole.Button, new() { Name = "Submit" });

    /// <summary>What has become of what was typed and sent.</summary>
    public ILocator Said => Page.Locator("[class*=status]").First;

    public ILocator HaveRead => Page.GetByRole(AriaRole.Button, new() { Name = "I have read them: start" });

    /// <summary>Enters, and reads the guidelines where this person has not yet.</summary>
    public async Task EnterAsync(LabProject project)
    {
        await Page.GotoAsync(project.Work);
        await Expect(HaveRead.Or(Submit)).ToBeVisibleAsync();
        if (await HaveRead.IsVisibleAsync())
            await HaveRead.ClickAsync();
        await ReadyAsync();
    }

    /// <summary>A task is there, with its questions.</summary>
    public Task ReadyAsync() => Expect(Submit).ToBeEnabledAsync();

    /// <summary>Marks words by keyboard alone: arrows lead to the first of them, with Shift over the rest, a key labels.</summary>
    public async Task MarkAsync(string words, string key)
    {
        await Expect(Text).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("t");
        await Expect(Text).ToBeFocusedAsync();
        var first = words.Split(' ')[0];
        for (var word = 0; word < 200; word++)
        {
            await Page.Keyboard.PressAsync("ArrowRight");
            if (await SelectedAsync() == first)
                break;
        }

        for (var more = words.Split(' ').Length; more > 1; more--)
            await Page.Keyboard.PressAsync("Shift+ArrowRight");
        (await SelectedAsync()).ShouldBe(words);
        await Page.Keyboard.PressAsync(key);
    }

    private Task<string> SelectedAsync() => Page.EvaluateAsync<string>("() => document.getSelection().toString()");

    /// <summary>Types on at the end of the rationale.</summary>
    public async Task TypeAsync(string rationale)
    {
        await Rationale.FocusAsync();
        await Page.Keyboard.PressAsync("Control+End");
        await Page.Keyboard.InsertTextAsync(rationale);
    }

    /// <summary>The page says that the server has what was typed ("not saved yet" is something else).</summary>
    public Task SavesAsync() => Expect(Said).ToHaveTextAsync(new Regex(@"^saved (just now|\d+ seconds? ago)"));

    /// <summary>No task is left, and the last answer has arrived.</summary>
    public async Task EndsAsync()
    {
        await Expect(Heading).ToHaveTextAsync("No task for you right now");
        await Expect(Page.GetByText("Your last answer is still being sent")).ToHaveCountAsync(0);
    }

    public Task SaysAsync(string words) => Expect(Said).ToContainTextAsync(words);

    /// <summary>All that the browser keeps: databases, storages and caches of the origin, each value as the text a thief would search.</summary>
    public Task<string> KeptInBrowserAsync() => Page.EvaluateAsync<string>(
        """
        async () => {
          const words = (value) => {
            if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
              const bytes = new Uint8Array(value instanceof ArrayBuffer ? value : value.buffer);
              return `${new TextDecoder().decode(bytes)} ${new TextDecoder('utf-16le').decode(bytes)}`;
            }
            if (value instanceof CryptoKey) return value.extractable ? 'EXTRACTABLE KEY' : 'key';
            if (typeof value === 'object' && value !== null) return Object.entries(value).map(([k, v]) => `${k}=${words(v)}`).join(' ');
            return String(value);
          };
          const done = (request) => new Promise((resolve, reject) => { request.onsuccess = () => resolve(request.result); request.onerror = () => reject(request.error); });
          const found = [words({ ...localStorage }), words({ ...sessionStorage }), ...(await caches.keys())];
          for (const { name } of await indexedDB.databases()) {
            const db = await done(indexedDB.open(name));
            for (const store of db.objectStoreNames)
              for (const row of await done(db.transaction(store).objectStore(store).getAll())) found.push(`${store}: ${words(row)}`);
            db.close();
          }
          return found.join('\n');
        }
        """);
}
