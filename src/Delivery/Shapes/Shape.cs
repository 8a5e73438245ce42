using Cofferdam.Delivery.Reading;

namespace Cofferdam.Delivery.Shapes;

/// <summary>How the rows of a training file stand together.</summary>
internal enum Framing
{
    /// <summary>One row a line.</summary>
    Lines,

    /// <summary>One JSON array, an element a line.</summary>
    Array,

    /// <summary>Blocks of lines, an empty line behind each.</summary>
    Blocks,
}

/// <summary>A column of a shape's rows, for the machine-readable description.</summary>
/// <param name="Type">As Croissant names it, such as <c>sc:Text</c>.</param>
/// <param name="IsArray">A list of such values.</param>
internal sealed record Column(string Name, string Type, string Description, bool IsArray = false);

/// <summary>A form of rows that trainers read. To add one, write a class like those beside this one and list it in <see cref="All"/>.</summary>
internal abstract class Shape
{
    /// <summary>Every shape there is.</summary>
    public static IReadOnlyList<Shape> All { get; } =
    [
        new RawShape(), new PreferenceShape(), new PromptCompletionShape(), new UnpairedPreferenceShape(), new OpenAiDpoShape(), new HhRlhfShape(),
        new LabelStudioShape(), new ChoiceShape(), new SpansShape(), new ConllShape(),
    ];

    /// <summary>As it is asked for.</summary>
    public abstract string Name { get; }

    /// <summary>Folder of its files below <c>data/</c>.</summary>
    public virtual string Folder => Name;

    /// <summary>Name of its training file.</summary>
    public virtual string File => "train.jsonl";

    public virtual Framing Framing => Framing.Lines;

    /// <summary>A row is an item with all its answers, which stay side by side whatever is asked for votes.</summary>
    public virtual bool KeepsAllAnswers => false;

    /// <summary>Rows have no room for an item's id: a list beside the training file says, row by row, which item each is from.</summary>
    public virtual bool NeedsIndex => false;

    /// <summary>What a row is, and what it is for: a sentence each.</summary>
    public abstract string Description { get; }

    public abstract string Use { get; }

    /// <summary>Columns of its rows, where it has rows of columns.</summary>
    public virtual IReadOnlyList<Column> Columns => [];

    /// <summary>What the answers are votes on, for the lists of ties and of unfit items.</summary>
    public abstract IReadOnlyList<Vote> VotesOf(DeliveredItem item);

    /// <summary>Rows of an item, ties, or why it cannot be expressed; at least one.</summary>
    /// <param name="item">With all its answers, or with one of them where each is to make rows of its own.</param>
    public abstract IEnumerable<Line> LinesOf(DeliveredItem item);

    /// <summary>Small files that go beside the training file.</summary>
    /// <param name="forms">Versions that answers of this delivery were given under, oldest first.</param>
    public virtual IEnumerable<(string Name, byte[] Content)> Companions(IReadOnlyList<DeliveredForm> forms) => [];
}
