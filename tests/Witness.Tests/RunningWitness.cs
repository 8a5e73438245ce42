using System.Net.Http.Headers;
using Cofferdam.Ledger;
using Microsoft.AspNetCore.Builder;

namespace Cofferdam.Witness.Tests;

/// <summary>A witness on a free port, with folders of its own, that can be stopped and started again.</summary>
internal sealed class RunningWitness : IAsyncDisposable
{
    private readonly string folder;
    private WebApplication? app;

    private RunningWitness(string folder, WitnessOptions options)
    {
        this.folder = folder;
        Options = options;
    }

    public WitnessOptions Options { get; }

    public HttpClient Http { get; } = new();

    public VerifierKey Key => VerifierKey.TryParse(WitnessApp.KeyOf(app!), out var key) ? key : throw new InvalidOperationException();

    public static async Task<RunningWitness> StartAsync(string name, params TestLog[] logs)
    {
        var root = Directory.CreateTempSubdirectory("cofferdam-test-").FullName;
        var witness = new RunningWitness(root, new WitnessOptions
        {
            Name = name,
            KeyFolder = Path.Combine(root, "keys"),
            DataFolder = Path.Combine(root, "data"),
            Urls = ["http://127.0.0.1:0"],
            Logs = [.. logs.Select(log => log.Key.Verifier.ToString())],
            RequestsPerSecond = 1_000,
        });
        await witness.StartAsync();
        return witness;
    }

    public async Task StartAsync()
    {
        app = await WitnessApp.BuildAsync(Options);
        await app.StartAsync();
    }

    public async Task StopAsync()
    {
        if (app is not null)
            await app.DisposeAsync();
        app = null;
    }

    public Task<Answer> AddAsync(CheckpointSubmission submission) => AddAsync(submission.ToBytes());

    public async Task<Answer> AddAsync(byte[] body)
    {
        using var content = new ByteArrayContent(body);
        using var response = await Http.PostAsync(new Uri(Address, "add-checkpoint"), content);
        return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentType);
    }

    public async Task<Answer> GetAsync(string path)
    {
        using var response = await Http.GetAsync(new Uri(Address, path));
        return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentType);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Http.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private Uri Address => new(WitnessApp.AddressesOf(app!).First());
}

internal sealed record Answer(int Status, string Body, MediaTypeHeaderValue? Type);
