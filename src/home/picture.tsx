/** Drawings of the start page, made of shapes only: no photograph to load, no emblem of any authority. */

/** Rice terraces: the foot of the coloured field, ending in the paper of the page. */
export function Terraces() {
  return (
    <svg class="terraces" viewBox="0 0 1200 80" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <path d="M0 34C180 2 360 2 560 26s420 32 640-8v62H0z" />
      <path d="M0 56C240 20 420 34 640 46s380 8 560-16v50H0z" />
      <path d="M0 70C260 46 480 58 700 66s340 0 500-14v28H0z" />
    </svg>
  );
}

/** A phone that shows a card: what one gets. The bars stand for text, so nothing has to be translated. */
export function CardPicture() {
  return (
    <svg class="picture" viewBox="0 0 400 300" aria-hidden="true" focusable="false">
      <circle cx="210" cy="150" r="140" fill="#fff" opacity=".06" />
      <circle cx="210" cy="150" r="104" fill="#fff" opacity=".06" />
      <rect x="132" y="12" width="156" height="276" rx="26" fill="#072f32" />
      <rect x="140" y="20" width="140" height="260" rx="19" fill="#faf6ee" />
      <rect x="190" y="28" width="40" height="6" rx="3" fill="#072f32" />
      <rect x="152" y="172" width="72" height="9" rx="4.5" fill="#0b4a4e" />
      <g fill="#0b4a4e" opacity=".2">
        <rect x="152" y="192" width="116" height="7" rx="3.5" />
        <rect x="152" y="206" width="96" height="7" rx="3.5" />
      </g>
      <g fill="#0b565a">
        <rect x="152" y="250" width="14" height="18" rx="3" opacity=".4" />
        <rect x="172" y="242" width="14" height="26" rx="3" opacity=".55" />
        <rect x="192" y="246" width="14" height="22" rx="3" opacity=".7" />
        <rect x="212" y="234" width="14" height="34" rx="3" opacity=".85" />
        <rect x="232" y="226" width="14" height="42" rx="3" />
      </g>
      <g transform="rotate(-6 210 104)">
        <rect x="78" y="46" width="264" height="112" rx="16" fill="#fffdf9" />
        <path d="M94 46h232a16 16 0 0 1 16 16v14H78V62a16 16 0 0 1 16-16z" fill="#f0b13c" />
        <rect x="96" y="56" width="104" height="10" rx="5" fill="#4a3305" opacity=".75" />
        <rect x="96" y="90" width="148" height="12" rx="6" fill="#0b4a4e" />
        <rect x="96" y="112" width="112" height="8" rx="4" fill="#0b4a4e" opacity=".35" />
        <rect x="96" y="128" width="84" height="8" rx="4" fill="#0b4a4e" opacity=".35" />
        <g fill="#0b4a4e">
          <path d="M272 90h18v18h-18zM304 90h18v18h-18zM272 122h18v18h-18z" />
          <path d="M296 90h4v8h-4zM296 102h4v10h-4zM304 114h8v4h-8zM316 112h6v8h-6zM296 116h6v6h-6zM304 124h6v6h-6zM314 126h8v4h-8zM298 132h6v8h-6zM310 134h12v6h-12z" />
        </g>
        <path d="M276 94h10v10h-10zM308 94h10v10h-10zM276 126h10v10h-10z" fill="#fffdf9" />
        <path d="M279 97h4v4h-4zM311 97h4v4h-4zM279 129h4v4h-4z" fill="#0b4a4e" />
      </g>
    </svg>
  );
}
