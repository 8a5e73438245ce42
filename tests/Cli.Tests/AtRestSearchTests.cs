using System.Text;
using Cofferdam.Cli.Demo;

namespace Cofferdam.Cli.Tests;

public sealed class AtRestSearchTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cofferdam-test-").FullName;
    private readonly Canary canary = new();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task SearchControl_EveryEncoding_FindsEachFile() =>
        (await DemoChecks.SearchControlAsync(folder, canary, TestContext.Current.CancellationToken)).ShouldBe(DemoChecks.ControlFiles);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(57)]
    public void Search_Base64AtAnyPlace_IsFound(int before)
    {
        var bytes = Encoding.UTF8.GetBytes(new string('x', before) + canary.Mark + "and more");
        Write(Convert.ToBase64String(bytes));

        AtRestSearch.Search(folder, canary).Found.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(1 << 20)]
    [InlineData((1 << 20) - 1)]
    [InlineData((1 << 20) - 20)]
    [InlineData((2 << 20) - 7)]
    public void Search_AcrossTheEdgeOfABlock_IsFound(int before)
    {
        Write(new string('x', before) + canary.Mark + new string('y', 5000));

        AtRestSearch.Search(folder, canary).Found.Count.ShouldBe(1);
    }

    [Fact]
    public void Search_InAFileName_IsFound()
    {
        File.WriteAllText(Path.Combine(folder, $"export-{canary.Mark}.txt"), "nothing");

        AtRestSearch.Search(folder, canary).Found.Count.ShouldBe(1);
    }

    [Fact]
    public void Search_OtherText_FindsNothing()
    {
        Write(new Canary().Mark + Convert.ToBase64String(Encoding.UTF8.GetBytes(new Canary().Mark)));

        AtRestSearch.Search(folder, canary).Found.ShouldBeEmpty();
    }

    private void Write(string text) => File.WriteAllText(Path.Combine(folder, "file"), text);
}
