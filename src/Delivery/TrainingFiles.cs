using Cofferdam.Delivery.Shapes;
using Cofferdam.Package;

namespace Cofferdam.Delivery;

/// <summary>The training file, or two where rows have two forms.</summary>
internal sealed class TrainingFiles(PackageWriter package, Shape shape) : IAsyncDisposable
{
    private readonly Dictionary<RowForm, RowFile> files = [];
    private long written;

    public async ValueTask WriteAsync(Line.Row row, CancellationToken cancellation)
    {
        var file = await FileAsync(row.Form, cancellation);
        switch (shape.Framing)
        {
            case Framing.Lines:
                await file.WriteRowAsync(row.Content, cancellation);
                break;
            case Framing.Array:
                await file.WriteAsync(written == 0 ? "\n"u8.ToArray() : ",\n"u8.ToArray(), cancellation);
                await file.WriteAsync(row.Content, cancellation);
                break;
            case Framing.Blocks:
                await file.WriteAsync(row.Content, cancellation);
                await file.WriteAsync("\n"u8.ToArray(), cancellation);
                break;
        }

        written++;
    }

    public async ValueTask DisposeAsync()
    {
        // A delivery always has its training file, if an empty one.
        if (files.Count == 0)
            await FileAsync(RowForm.Any, CancellationToken.None);
        foreach (var file in files.Values)
        {
            if (shape.Framing is Framing.Array)
                await file.WriteAsync("\n]\n"u8.ToArray());
            await file.DisposeAsync();
        }
    }

    private async ValueTask<RowFile> FileAsync(RowForm form, CancellationToken cancellation)
    {
        if (files.TryGetValue(form, out var file))
            return file;
        var name = $"data/{shape.Folder}/{(files.Count == 0 ? shape.File : Second(form))}";
        files[form] = file = shape.Framing is Framing.Lines ? package.AddRows(name) : package.AddText(name);
        if (shape.Framing is Framing.Array)
            await file.WriteAsync("["u8.ToArray(), cancellation);
        return file;
    }

    private string Second(RowForm form) =>
        $"{Path.GetFileNameWithoutExtension(shape.File)}-{(form is RowForm.Conversations ? "conversations" : "texts")}{Path.GetExtension(shape.File)}";
}
