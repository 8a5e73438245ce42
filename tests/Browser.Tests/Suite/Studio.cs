namespace Cofferdam.Browser.Tests.Suite;

/// <summary>The pages that lab staff look after a project on.</summary>
public sealed class Studio(IPage page)
{
    public ILocator Heading => page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    public Task ClickAsync(string button) => page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();

    public Task TabAsync(string tab) => page.GetByRole(AriaRole.Tab, new() { Name = tab, Exact = true }).ClickAsync();

    public async Task ChooseFileAsync(string field, params FilePayload[] files)
    {
        var chooser = await page.RunAndWaitForFileChooserAsync(() => page.GetByRole(AriaRole.Button, new() { Name = field }).ClickAsync());
        await chooser.SetFilesAsync(files);
    }

    public Task ChooseFileAsync(string field, string name, string type, byte[] content) =>
        ChooseFileAsync(field, new FilePayload { Name = name, MimeType = type, Buffer = content });
}
